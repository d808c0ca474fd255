import { constants, statSync } from 'node:fs';

/** Settings of a process may be read more than once. */
const warned = new Set<string>();

/**
 * Warns once of a file with a secret that every user of this machine may read: it works all the same, and may be meant so.
 *
 * @param secret what it holds, such as `a Storage token`.
 */
export function warnIfOpenToAll(path: string, secret: string): void {
  if (warned.has(path) || !isOpenToAll(path)) return;
  warned.add(path);
  process.emitWarning(`${path} holds ${secret}, and every user of this machine may read it: chmod 600 it.`);
}

/**
 * Whether every user of this machine may read a file. Windows has no such mode, and tells one in which everybody may. What
 * has vanished since it was read, or lies where we may not look, is open to nobody.
 */
export function isOpenToAll(path: string): boolean {
  if (process.platform === 'win32') return false;
  try {
    return (statSync(path).mode & constants.S_IROTH) !== 0;
  } catch {
    return false;
  }
}
