import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';

/**
 * A new folder that is removed at the end of the run. By the end of a test it could be that of another one, where tests run
 * beside others.
 */
export async function tempFolder(): Promise<string> {
  return await mkdtemp(join(inject('tempRoot'), 'folder-'));
}
