import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BinarySource, BinaryWanted, ResolvedBinary } from './binary.js';
import { isExecutable } from './executables.js';
import { withFileLock } from './file-lock.js';
import { makeIntoCache } from './make-into-cache.js';
import { reasonOf } from '../run-tool.js';
import { ServerBinaryError } from './server-binary-error.js';

/** Longest that one process waits for another that makes the same thing: longer than all makers together may take. */
const lockWaitMsMax = 40 * 60_000;

/**
 * Takes the binary from the user's setting, else where it is installed, else from the cache, else makes it; says which.
 * If several processes want the same binary, one makes it; the others wait and take it from the cache.
 *
 * @throws ServerBinaryError when nothing worked, or when what the user has set does not work.
 */
export async function resolveBinary(wanted: BinaryWanted): Promise<ResolvedBinary> {
  const problems: string[] = [];
  const found =
    (await fromSetting(wanted, problems)) ??
    (await fromInstalled(wanted, problems)) ??
    (await fromCache(wanted, problems)) ??
    (await fromMakers(wanted, problems));
  if (found === undefined) throw new ServerBinaryError(wanted, problems);
  const version = found.version === undefined ? '' : `: ${found.version}`;
  wanted.report(`${wanted.what} ${sourceNames[found.source]}, ${found.path}${version}`);
  return found;
}

const sourceNames: Record<BinarySource, string> = {
  setting: 'from the settings',
  path: 'from PATH',
  cache: 'from the cache',
  'sdk-download': 'downloaded by the Temporal SDK',
  'go-install': 'built with Go',
  maven: 'from Maven',
};

async function fromSetting(wanted: BinaryWanted, problems: string[]): Promise<ResolvedBinary | undefined> {
  const { name, path } = wanted.setting;
  if (path === undefined || path === '') {
    problems.push(`${name}: not set`);
    return undefined;
  }
  const found = await checked(wanted, 'setting', name, path, problems);
  if (found === undefined) throw new ServerBinaryError(wanted, problems);
  return found;
}

async function fromInstalled(wanted: BinaryWanted, problems: string[]): Promise<ResolvedBinary | undefined> {
  if (wanted.installed === undefined) return undefined;
  const { name } = wanted.installed;
  const path = await wanted.installed.find();
  if (path !== undefined) return await checked(wanted, 'path', name, path, problems);
  problems.push(`${name}: not there`);
  return undefined;
}

async function fromCache(wanted: BinaryWanted, problems: string[]): Promise<ResolvedBinary | undefined> {
  for (const { folder, file } of wanted.makers) {
    const path = join(wanted.cacheFolder, folder, file);
    if (!(await isExecutable(path))) continue;
    const found = await checked(wanted, 'cache', 'cache', path, problems);
    if (found !== undefined) return found;
  }
  problems.push(`cache: nothing that works in ${wanted.cacheFolder}`);
  return undefined;
}

async function fromMakers(wanted: BinaryWanted, problems: string[]): Promise<ResolvedBinary | undefined> {
  const { what, cacheFolder, report } = wanted;
  const slug = what.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  try {
    await mkdir(cacheFolder, { recursive: true });
    const lock = { waitMsMax: lockWaitMsMax, purpose: `getting the ${what}`, report };
    return await withFileLock(join(cacheFolder, `${slug}.lock`), lock, async () => {
      // The process that held the lock before us has probably made it.
      return (await fromCache(wanted, [])) ?? (await firstMade(wanted, `.${slug}-unfinished-`, problems));
    });
  } catch (error) {
    problems.push(`cache folder ${cacheFolder}: ${reasonOf(error)}`);
    return undefined;
  }
}

async function firstMade(
  wanted: BinaryWanted,
  prefix: string,
  problems: string[],
): Promise<ResolvedBinary | undefined> {
  for (const maker of wanted.makers) {
    try {
      const path = await makeIntoCache(wanted.cacheFolder, prefix, maker);
      const found = await checked(wanted, maker.source, maker.name, path, problems);
      if (found !== undefined) return found;
    } catch (error) {
      problems.push(`${maker.name}: ${reasonOf(error)}`);
    }
    wanted.report(`${wanted.what}: no success by ${maker.name}`);
  }
  return undefined;
}

async function checked(
  wanted: BinaryWanted,
  source: BinarySource,
  name: string,
  path: string,
  problems: string[],
): Promise<ResolvedBinary | undefined> {
  try {
    const version = await wanted.check(path);
    return { path, source, ...(version === undefined ? {} : { version }) };
  } catch (error) {
    problems.push(`${name}: ${path} does not work: ${reasonOf(error)}`);
    return undefined;
  }
}
