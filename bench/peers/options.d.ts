export function peersOptions(args: string[]): {
  durations: number[];
  jobs: number;
  rows: { key: string }[];
  out: string | undefined;
};
