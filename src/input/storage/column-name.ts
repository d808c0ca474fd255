/**
 * The name under which Storage stores a column: accents are dropped, anything but letters, digits and underscores
 * becomes an underscore, and underscores at either end are removed. So `order-id` of a CSV becomes `order_id`, the only
 * name that Storage knows afterwards. The name may become empty, which Storage refuses.
 *
 * Source: keboola/php-column-name-sanitizer as we understand it; Storage's documentation only says that headers are
 * normalized.
 */
export function columnName(written: string): string {
  const plain = written.normalize('NFKD').replace(/\p{M}/gu, '');
  // Split instead of trimming by a regular expression, which would take hours for a million underscores.
  const words = plain.replace(/[^A-Za-z0-9_]+/g, '_').split('_');
  const first = words.findIndex((word) => word !== '');
  return first < 0 ? '' : words.slice(first, words.findLastIndex((word) => word !== '') + 1).join('_');
}

/** The names under which Storage stores columns, without duplicates. */
export function columnNames(written: readonly string[]): string[] {
  return [...new Set(written.map(columnName))];
}
