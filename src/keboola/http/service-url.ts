/**
 * The address of a path below a service's base, with a query if the path has one.
 *
 * Assigned, never resolved: a path that begins with two slashes would name another host.
 */
export function serviceUrl(base: URL, path: string): URL {
  const [pathname = '', ...query] = path.split('?');
  const url = new URL(base.origin);
  url.pathname = base.pathname.replace(/\/+$/, '') + pathname.replace(/^\/+/, '/');
  url.search = query.join('?');
  return url;
}

/** Whether a text can be a part of an address: some lead to another one although they are encoded. */
export function isPathPart(text: string): boolean {
  return !/^\.{0,2}$/.test(text);
}
