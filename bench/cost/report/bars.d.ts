interface Cell {
  row: string;
  seconds: number;
  cpu?: { total: number };
  requests: { read: number; list: number };
}
export function answeredBars(cells: readonly Cell[]): { what: string; value: number; max: number; isMet: boolean }[];
