/**
 * Keboola's UTC offsets change with daylight saving time, so we compare and keep times in UTC only.
 *
 * @returns ISO 8601; undefined if the value is not a time.
 */
export function utcTime(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const offset = /(?:Z|[+-]\d{2}:?\d{2})$/.test(value) ? '' : 'Z';
  const epochMs = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') + offset);
  return Number.isNaN(epochMs) ? undefined : new Date(epochMs).toISOString();
}
