import { StorageFailure } from './storage-failure.js';

const COLUMNS_MAX = 1_200;
const COLUMN_CHARACTERS_MAX = 64;
const NAME = /^[A-Za-z0-9-][A-Za-z0-9_-]{0,95}$/;

/** Whether a bucket or table may have this name: letters, digits, dashes and underscores, but no underscore first. */
export function isLegalName(name: string): boolean {
  return NAME.test(name);
}

/**
 * Column names as Storage keeps them: without accents, and with underscores for everything but letters and digits.
 *
 * @throws StorageFailure for no columns or too many, and for names that are empty, too long or equal.
 */
export function columnNames(header: readonly string[]): string[] {
  if (header.length === 0) throw new StorageFailure('storage.tables.validation.noColumns', 'The file has no columns.');
  if (header.length > COLUMNS_MAX) {
    throw new StorageFailure('storage.maxNumberOfColumnsExceed', `A table has ${COLUMNS_MAX} columns at most.`);
  }
  const names = header.map(columnName);
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) throw invalid(`The column "${name}" is there more than once.`);
    seen.add(name.toLowerCase());
  }
  return names;
}

function columnName(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '');
  const name = plain.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^_+|_+$/g, '');
  if (name === '') throw invalid(`Column names must not be empty: "${text.slice(0, COLUMN_CHARACTERS_MAX)}"`);
  if (name.length <= COLUMN_CHARACTERS_MAX) return name;
  throw invalid(
    `Column names have ${COLUMN_CHARACTERS_MAX} characters at most: "${name.slice(0, COLUMN_CHARACTERS_MAX)}…"`,
  );
}

function invalid(message: string): StorageFailure {
  return new StorageFailure('storage.tables.validation.invalidColumnName', message);
}
