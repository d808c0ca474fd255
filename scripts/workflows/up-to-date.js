import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Whether each target is there and younger than every source. Of a folder that is each file of compiled code in it, but for the
 * targets themselves; a source that is missing is as one that has just changed.
 *
 * @param {readonly string[]} targets paths of files
 * @param {readonly string[]} sources paths of files and folders
 */
export async function areUpToDate(targets, sources) {
  const made = await Promise.all(targets.map(changedMs));
  const files = (await Promise.all(sources.map(filesOf))).flat().filter((file) => !targets.includes(file));
  const changed = await Promise.all(files.map(changedMs));
  return !made.includes(undefined) && !changed.includes(undefined) && Math.min(...made) > Math.max(...changed);
}

async function filesOf(path) {
  const entries = await readdir(path, { recursive: true }).catch(() => undefined);
  return entries ? entries.filter((name) => name.endsWith('.js')).map((name) => join(path, name)) : [path];
}

async function changedMs(path) {
  return (await stat(path).catch(() => undefined))?.mtimeMs;
}
