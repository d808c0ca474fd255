export function listsIn(
  log: readonly { number: number; route: string; path: string }[],
  sinceNumber: number,
): { ended: number; tree: number };
