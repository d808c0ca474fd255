/** The values of a parameter that may be repeated: `name`, `name[]`, `name[0]`. Empty values are dropped. */
export function queryList(query: URLSearchParams, name: string): string[] {
  const found = [...query].filter(([key]) => key === name || (key.startsWith(`${name}[`) && key.endsWith(']')));
  return found.flatMap(([, value]) => (value === '' ? [] : [value]));
}
