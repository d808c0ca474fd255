import { withoutSlashes } from '../../job/text/without-slashes.js';

/**
 * The address of a path below a service's base, with a query if the path has one.
 *
 * The path is assigned, not resolved: resolving a path that begins with two slashes would lead to another host.
 */
export function serviceUrl(base: URL, path: string): URL {
  const [pathname = '', ...query] = path.split('?');
  const url = new URL(base.origin);
  url.pathname = withoutSlashes(base.pathname) + pathname.replace(/^\/+/, '/');
  url.search = query.join('?');
  return url;
}

/** Whether a text can be a segment of a path: an empty one, `.` and `..` would lead elsewhere, even if encoded. */
export function isPathPart(text: string): boolean {
  return !/^\.{0,2}$/.test(text);
}
