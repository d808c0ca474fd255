export function costOptions(args: string[]): {
  durations: number[];
  jobs: number;
  rounds: number;
  rows: { key: string }[];
  out: string | undefined;
  picture: string | undefined;
};
