const SEGMENT = String.raw`(?!\.{1,2}(?:\/|\?|$))[\w.~@:+%-]+`;
/**
 * The path of a call. No segment is "." or "..", and no slash is doubled, so the path cannot escape. Each character can
 * match in one way only; otherwise backtracking over a long path would take for ever.
 */
export const STORAGE_PATH = new RegExp(String.raw`^${SEGMENT}(?:\/${SEGMENT})*(?:\?[\w.~@:+%=&[\]-]*)?$`);
export const STORAGE_PATH_LENGTH_MAX = 1_000;

/** Whether a path could be decoded into one that escapes, or repeats the `v2/` prefix of all paths. */
export function isMisleading(path: string): boolean {
  return /^v2\/|%2f|%5c|%2e/i.test(path);
}

/** Whether a call with this path, query included, stays below `/v2/storage/`. */
export function isStoragePath(path: string): boolean {
  return path.length <= STORAGE_PATH_LENGTH_MAX && STORAGE_PATH.test(path) && !isMisleading(path);
}
