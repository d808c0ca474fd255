export function aftermathOf(run: {
  accepted: readonly string[];
  written: readonly { jobId: string; key: string }[];
  answers: readonly { jobId: string; answeredMs: number }[];
  open: readonly string[];
  killedMs: number;
}): {
  accepted: number;
  created: number;
  doubled: number;
  lost: number;
  open: number;
  untold: number;
  lastToldMs?: number;
};
