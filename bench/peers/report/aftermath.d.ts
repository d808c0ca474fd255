export function aftermathOf(run: {
  accepted: readonly string[];
  written: readonly { jobId: string; key: string }[];
  answers: readonly { jobId: string; answeredMs: number }[];
  killedMs: number;
}): {
  accepted: number;
  created: number;
  doubled: number;
  lost: number;
  untold: number;
  lastToldMs?: number;
};
