import { z } from 'zod';
import { FileOfRun } from './providers/file-documents.js';
import type { StorageApi } from './storage-api.js';

const PAGE = 100;
/** Most pages that are read. A file beyond them stays until Storage deletes it, after some days. */
const PAGES_MAX = 10;

/**
 * The ids of the files that were prepared with a RunId. A Storage that ignores the filter lists those of others, too,
 * perhaps more than a page of newer ones.
 *
 * @throws KeboolaError.
 */
export async function filesOfRun(storage: StorageApi, runId: string): Promise<string[]> {
  const ids = new Set<string>();
  for (let page = 0; page < PAGES_MAX; page++) {
    const path = `files?limit=${PAGE}&offset=${page * PAGE}&runId=${encodeURIComponent(runId)}`;
    const found = await storage.read(z.array(FileOfRun), path);
    for (const file of found) if (file.runId === runId) ids.add(file.id);
    if (found.length < PAGE) break;
  }
  return [...ids];
}
