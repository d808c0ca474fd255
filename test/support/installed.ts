import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCacheFolder } from '../../src/dev/install/cache-folder.js';
import { withFileLock } from '../../src/dev/install/file-lock.js';
import { makeIntoCache } from '../../src/dev/install/make-into-cache.js';
import { type Report, reportTo } from '../../src/dev/report.js';
import { runTool, type ToolRun } from '../../src/dev/run-tool.js';

const INSTALL_MS_MAX = 25 * 60_000;

export interface WantedTool {
  /** Below the cache folder; it names the version. */
  folder: string;
  /** What is there once it is installed. */
  file: string;
  /** How it is installed into a new folder. */
  tool: (folder: string) => Pick<ToolRun, 'command' | 'args' | 'cwd' | 'env'>;
}

/**
 * Installs what others wrote, where it is missing, into a folder beside Temporal's servers: no dependency of this package.
 *
 * @param kind the folder in the cache.
 * @returns the path of the file. @throws Error with the last words of the tool.
 */
export async function installed(
  kind: string,
  { folder, file, tool }: WantedTool,
  report: Report = reportTo(process.stderr),
): Promise<string> {
  const cacheFolder = join(defaultCacheFolder(process.env), kind);
  await mkdir(cacheFolder, { recursive: true });
  const path = join(cacheFolder, folder, file);
  const lock = { waitMsMax: INSTALL_MS_MAX, purpose: `installing ${folder}`, report };
  await withFileLock(join(cacheFolder, `${folder}.lock`), lock, async () => {
    if (await isThere(path)) return;
    await makeIntoCache(cacheFolder, `.${folder}-unfinished-`, {
      folder,
      file,
      make: async (newFolder) => {
        // So that npm takes the folder for the place of the package, and not the one above it.
        await writeFile(join(newFolder, 'package.json'), '{ "private": true }');
        return await runTool({ ...tool(newFolder), label: `Installing ${folder}`, timeoutMs: INSTALL_MS_MAX, report });
      },
    });
  });
  return path;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
