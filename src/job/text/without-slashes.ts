/** A path without the slashes at its end. A pattern would look at each slash of a long row in its middle again and again. */
export function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
