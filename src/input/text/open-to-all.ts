import { constants, statSync } from 'node:fs';

/** Paths that were warned about, since a process may read its settings more than once. */
const warned = new Set<string>();

/**
 * Warns once about a file with a secret that every user of this machine may read. It is no error: it may be intended.
 *
 * @param secret what the file holds, such as `a Storage token`.
 */
export function warnIfOpenToAll(path: string, secret: string): void {
  if (warned.has(path) || !isOpenToAll(path)) return;
  warned.add(path);
  process.emitWarning(`${path} holds ${secret}, and every user of this machine may read it: chmod 600 it.`);
}

/**
 * Whether every user of this machine may read a file. Always false on Windows, which has no such modes and reports one
 * that lets everybody read. Also false for a file that has vanished, or that we may not look at.
 */
export function isOpenToAll(path: string): boolean {
  if (process.platform === 'win32') return false;
  try {
    return (statSync(path).mode & constants.S_IROTH) !== 0;
  } catch {
    return false;
  }
}
