import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { inject } from 'vitest';
import { KeboolaPlugin } from '../../src/worker/keboola-plugin.js';

/**
 * The workflows of authors beside ours, bundled with the plugin as authors do it: once for all files of a run, because it keeps
 * a processor busy for two seconds.
 */
export async function authorsBundle(): Promise<{ codePath: string }> {
  const codePath = join(inject('tempRoot'), 'authors-bundle.js');
  if (existsSync(codePath)) return { codePath };
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/authors/authors.workflow.ts', import.meta.url)),
    plugins: [new KeboolaPlugin({ connections: [{ name: 'default', url: 'http://127.0.0.1:1', token: () => '' }] })],
    logger: new DefaultLogger('WARN'),
  });
  // Others may bundle it at the same time; nobody reads half of it.
  const own = `${codePath}.${process.pid}`;
  await writeFile(own, code);
  await rename(own, codePath);
  return { codePath };
}
