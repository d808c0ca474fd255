/** `in.c-main.orders` is `orders` in `in.c-main`; table names have no dots. */
export function splitTableId(table: string): { bucket: string; name: string } {
  const dot = table.lastIndexOf('.');
  return { bucket: table.slice(0, Math.max(dot, 0)), name: table.slice(dot + 1) };
}
