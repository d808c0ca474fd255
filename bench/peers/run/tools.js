import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env } from 'node:process';

/**
 * @param folders where Debian puts it, looked into before the PATH.
 * @returns the path of a program.
 * @throws Error "redis-server is missing: apt-get install redis-server"
 */
export function requireProgram(name, folders, install) {
  const places = [...folders, ...(env['PATH'] ?? '').split(delimiter)].map((folder) => join(folder, name));
  const found = places.find(isExecutable);
  if (found === undefined) throw new Error(`${name} is missing: ${install}`);
  return found;
}

/** @returns the first line by which a program tells its version. */
export function versionOf(command, args) {
  return execFileSync(command, args).toString().trim().split('\n', 1)[0];
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
