import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for all that the tests of a project write, see `tempFolder`. */
    tempRoot: string;
  }
}

/** Its processes are ended by a signal, so that none of them can be trusted to remove anything at its end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const tempRoot = await mkdtemp(join(tmpdir(), 'keboola-temporal-test-'));
  project.provide('tempRoot', tempRoot);
  return () => rm(tempRoot, { recursive: true, force: true });
}
