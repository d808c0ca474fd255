import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { OpenedFile } from '../../../input/text/read-whole.js';
import type { FilesPlace } from '../../deps.js';
import { FileProblem } from './file-problem.js';

/** The real path of the worker's folder. @throws FileProblem if the worker has none, or it cannot be used. */
export async function workerFolder({ folder }: FilesPlace = {}): Promise<string> {
  if (folder === undefined) {
    throw new FileProblem('this worker has no folder for files; start it with KEBOOLA_FILES_DIR');
  }
  try {
    return await realpath(folder);
  } catch (error) {
    throw new FileProblem(`the folder of the worker cannot be used (${codeOf(error)}); check KEBOOLA_FILES_DIR`);
  }
}

/**
 * Opens a file below the folder. Whatever symbolic links there are, the opened file lies in the folder: a link that is
 * changed between check and opening leads to a different file than the checked one, and the comparison detects that.
 *
 * @throws FileProblem for a path that does not exist, lies elsewhere, or is not a file.
 */
export async function openInFolder(folder: string, path: string): Promise<OpenedFile> {
  const real = await realIn(folder, join(folder, path), path);
  // Without O_NONBLOCK, a pipe would block the activity until somebody writes into it.
  const handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW).catch(
    (error: unknown) => {
      throw new FileProblem(`${path} cannot be read (${codeOf(error)})`);
    },
  );
  try {
    const [opened, there] = [await handle.stat(), await stat(await realIn(folder, real, path))];
    if (!opened.isFile()) throw notAFile(path, opened);
    if (opened.ino !== there.ino || opened.dev !== there.dev) {
      throw new FileProblem(`${path} was replaced while it was being opened; try again`);
    }
    return { handle, bytes: opened.size, modifiedMs: opened.mtimeMs };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The real parent folder, which has to exist, of a file that is to be written. @throws FileProblem. */
export async function placeInFolder(folder: string, path: string): Promise<string> {
  const target = join(folder, path);
  const parent = await realIn(folder, dirname(target), path);
  const there = await stat(target).catch(() => undefined);
  if (there !== undefined && !there.isFile()) throw notAFile(path, there);
  return parent;
}

async function realIn(folder: string, wanted: string, path: string): Promise<string> {
  const real = await realpath(wanted).catch((error: unknown) => {
    throw new FileProblem(`${path} is not in the folder of the worker (${codeOf(error)})`);
  });
  if (real === folder || real.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return real;
  throw new FileProblem(`${path} leads out of the folder of the worker`);
}

function notAFile(path: string, found: { isDirectory: () => boolean }): FileProblem {
  return new FileProblem(`${path} is ${found.isDirectory() ? 'a folder' : 'not a regular file'}`);
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown cause';
}
