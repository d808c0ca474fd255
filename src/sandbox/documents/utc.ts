/** A time as Queue v2 and the services around it write it: UTC, in whole seconds. */
export function utc(atMs: number | null): string | null {
  return atMs === null ? null : `${new Date(atMs).toISOString().slice(0, 19)}+00:00`;
}
