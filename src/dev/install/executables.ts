import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';

/** The first executable file of that name in the folders of a PATH value. Relative folders are not searched. */
export async function findOnPath(name: string, path: string | undefined): Promise<string | undefined> {
  const folders = (path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    const candidate = join(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

const answerTimeoutMs = 20_000;

/**
 * What a program prints, standard output first.
 *
 * @throws Error when it cannot be run, fails, or does not end within 20 s.
 */
export async function outputOf(file: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(file, [...args], {
    timeout: answerTimeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: 1024 * 1024,
  });
  return `${stdout}${stderr}`.trim();
}
