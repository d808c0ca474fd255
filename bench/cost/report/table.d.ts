export function costTable(
  seconds: number,
  cells: readonly object[],
  rows: readonly { key: string; name: string }[],
): string;
export function durationText(seconds: number): string;
