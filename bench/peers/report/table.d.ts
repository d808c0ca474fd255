export function peersTable(
  results: readonly { row: { name: string }; cells: readonly object[]; aftermath: object }[],
  durations: readonly number[],
): string;
