/** A parameter that may come several times: `name`, `name[]`, `name[0]`. Empty values say nothing. */
export function queryList(query: URLSearchParams, name: string): string[] {
  const found = [...query].filter(([key]) => key === name || (key.startsWith(`${name}[`) && key.endsWith(']')));
  return found.flatMap(([, value]) => (value === '' ? [] : [value]));
}
