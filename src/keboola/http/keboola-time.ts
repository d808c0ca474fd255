/**
 * Keboola gives UTC offsets that change with daylight saving, so times are compared and kept in UTC only.
 *
 * @returns ISO 8601; undefined for what is no time.
 */
export function utcTime(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const offset = /(?:Z|[+-]\d{2}:?\d{2})$/.test(value) ? '' : 'Z';
  const epochMs = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') + offset);
  return Number.isNaN(epochMs) ? undefined : new Date(epochMs).toISOString();
}
