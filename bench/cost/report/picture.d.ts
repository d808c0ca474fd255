interface Cell {
  row: string;
  seconds: number;
  kind: 'measured' | 'counted';
  cpu?: { total: number };
}
export function costPicture(cells: readonly Cell[], rows: readonly { key: string; name: string }[]): string;
