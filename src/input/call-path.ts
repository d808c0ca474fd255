const NO_PATH = 'not a path below a component; expected for example "/gooddata-writer/v2/main/projects"';
const A_HOST = "names a host; give the path alone: the worker's connection says where Keboola is";
const CLIMBS = 'may not climb: it has a segment "." or ".."';
const UNSENDABLE = 'has characters that are not allowed in a URL; percent-encode them (a space is "%20")';
const EMPTY = 'has an empty segment';
const SYNCHRONOUS = 'is a synchronous action, which makes no job; use callAction';
const GOODDATA_V1 =
  'is version 1 of the GoodData Writer, whose batches are not supported; use version 2, "/gooddata-writer/v2/…"';

/** @returns what is wrong with the path of a call; undefined if nothing is (the component may still not exist). */
export function pathProblem(path: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('//') || path.startsWith('\\')) return A_HOST;
  if (!path.startsWith('/')) return NO_PATH;
  if (!/^[\x21-\x7e]*$/.test(path) || /[\\#"<>^`{|}]/.test(path)) return UNSENDABLE;
  const segments = pathSegments(path);
  if (!segments || segments.some((segment) => /[/\\]/.test(segment))) return UNSENDABLE;
  if (segments.some((segment) => segment === '.' || segment === '..')) return CLIMBS;
  // A slash at the end is common.
  if (segments.slice(0, -1).includes('')) return EMPTY;
  const [app = '', ...below] = segments.filter((segment) => segment !== '');
  if (app === '' || below.length === 0) return NO_PATH;
  if (app === 'gooddata-writer' && below[0] !== 'v2') return GOODDATA_V1;
  return app === 'docker' && below.at(-2) === 'action' ? SYNCHRONOUS : undefined;
}

/** The segments of a path without its query, percent-decoded; undefined if they cannot be decoded. */
export function pathSegments(path: string): string[] | undefined {
  const [pathname = ''] = path.split('?');
  try {
    return pathname.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
