/** The header that an export's slices lack, in Storage's own style: every value enclosed. */
export function csvHeader(columns: readonly string[]): string {
  return columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(',');
}
