/** The header that slices of an export lack, as Storage writes the rest: every value enclosed. */
export function csvHeader(columns: readonly string[]): string {
  return columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(',');
}
