import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';
import { ourBundle } from '../../src/worker/workflow-code.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The workflows, bundled once for all workers and replays of a project. */
    workflowBundle: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { code } = await bundleWorkflowCode({ ...ourBundle(), logger: new DefaultLogger('WARN') });
  const bundlePath = join(await mkdtemp(join(tmpdir(), 'keboola-temporal-bundle-')), 'workflow-bundle.js');
  await writeFile(bundlePath, code);
  project.provide('workflowBundle', bundlePath);
  return () => rm(dirname(bundlePath), { recursive: true });
}
