import { statSync } from 'node:fs';
import { SettingsError } from './settings-error.js';

/** Where a worker may read and write files on its own side. */
export interface ReadFilesPlace {
  folder?: string;
  importHosts: string[];
}

/**
 * Checks the settings at the start: otherwise each job that needs them would fail, much later.
 *
 * @throws SettingsError for a folder that is none, and for a host that no address can have.
 */
export function filesPlace(folder: string | undefined, importHosts: string[]): ReadFilesPlace {
  if (folder !== undefined) requireFolder(folder);
  for (const host of importHosts) requireHost(host);
  return { ...(folder !== undefined && { folder }), importHosts };
}

function requireFolder(folder: string): void {
  const problem = folderProblem(folder);
  if (problem) throw new SettingsError(`KEBOOLA_FILES_DIR names ${folder}, which ${problem}. Correct or unset it.`);
}

function folderProblem(folder: string): string | undefined {
  try {
    return statSync(folder).isDirectory() ? undefined : 'is no folder';
  } catch (error) {
    return `cannot be used (${(error as NodeJS.ErrnoException).code})`;
  }
}

function requireHost(host: string): void {
  if (!host.includes('*') && URL.parse(`https://${host}`)?.host === host.toLowerCase()) return;
  throw new SettingsError(
    `KEBOOLA_IMPORT_HOSTS lists hosts, with their port unless it is 443, for example "files.example.com", and not "${host}".`,
  );
}
