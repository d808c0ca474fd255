import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The folder that keeps downloaded and built servers: `$XDG_CACHE_HOME/keboola-temporal`, else
 * `~/.cache/keboola-temporal`. A relative `XDG_CACHE_HOME` is ignored, as the XDG base directory specification asks.
 */
export function defaultCacheFolder(env: Record<string, string | undefined>): string {
  const base = env['XDG_CACHE_HOME'];
  const home = env['HOME'] ?? homedir();
  return join(base !== undefined && isAbsolute(base) ? base : join(home, '.cache'), 'keboola-temporal');
}
