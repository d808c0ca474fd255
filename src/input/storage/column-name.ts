/**
 * The name that Storage keeps a column by: without accents, everything but letters, digits and underscores an underscore,
 * and none of those at an end. So `order-id` of a CSV becomes `order_id`, and only that name is known to Storage afterwards.
 *
 * Source: keboola/php-column-name-sanitizer as we understand it; Storage's documentation only says that headers are
 * normalized. Empty where nothing is left, which Storage refuses.
 */
export function columnName(written: string): string {
  const plain = written.normalize('NFKD').replace(/\p{M}/gu, '');
  // Split, not trimmed by a pattern: a header of a million underscores would hold a pattern for hours.
  const words = plain.replace(/[^A-Za-z0-9_]+/g, '_').split('_');
  const first = words.findIndex((word) => word !== '');
  return first < 0 ? '' : words.slice(first, words.findLastIndex((word) => word !== '') + 1).join('_');
}

/** Columns as Storage keeps them, each once, in whatever way they are written. */
export function columnNames(written: readonly string[]): string[] {
  return [...new Set(written.map(columnName))];
}
