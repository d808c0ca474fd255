const SEGMENT = String.raw`(?!\.{1,2}(?:\/|\?|$))[\w.~@:+%-]+`;
/**
 * Of a call: neither "." nor ".." is a segment, and no slash is doubled, so that the path stays where it is. No character can be
 * read in two ways, or a long path would be tried in more ways than time allows.
 */
export const STORAGE_PATH = new RegExp(String.raw`^${SEGMENT}(?:\/${SEGMENT})*(?:\?[\w.~@:+%=&[\]-]*)?$`);
export const STORAGE_PATH_LENGTH_MAX = 1_000;

/** Whether a part of a path could be read as a way out of where it is, or begins where all paths are put. */
export function isMisleading(path: string): boolean {
  return /^v2\/|%2f|%5c|%2e/i.test(path);
}

/** Whether a call of this path, a query included, stays below `/v2/storage/`. */
export function isStoragePath(path: string): boolean {
  return path.length <= STORAGE_PATH_LENGTH_MAX && STORAGE_PATH.test(path) && !isMisleading(path);
}
