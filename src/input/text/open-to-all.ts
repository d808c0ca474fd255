import { constants, statSync } from 'node:fs';

/**
 * Whether every user of this machine may read a file. Windows has no such mode, and tells one in which everybody may. What
 * has vanished since it was read is open to nobody.
 */
export function isOpenToAll(path: string): boolean {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  return process.platform !== 'win32' && (mode & constants.S_IROTH) !== 0;
}
