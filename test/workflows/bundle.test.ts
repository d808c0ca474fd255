import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';

/** The SDK's share is 550 kB and ours 770, comments included; zod would add as much again, for every thread of every worker. */
const CODE_BYTES_MAX = 1_400_000;

/** Bundles as a worker does. @throws what the worker would; `log` then says why. */
async function bundle(workflows: URL, log: string[] = []): Promise<string> {
  const logger = new DefaultLogger('TRACE', ({ message }) => log.push(message));
  const workflowsPath = fileURLToPath(workflows);
  const { code } = await bundleWorkflowCode({ workflowsPath, preloadModules: [workflowsPath], logger });
  return code;
}

/** The modules of a bundle by webpack's names, for example `./src/job/create/fence.ts`. */
function modulesOf(code: string): string[] {
  return [...code.matchAll(/^\/\*{3}\/ "([^"\n]+)"/gm)].map(([, name = '']) => name);
}

describe('the workflow bundle', () => {
  let code: string;
  let modules: string[];

  beforeAll(async () => {
    code = await bundle(new URL('../../src/workflows/index.ts', import.meta.url));
    modules = modulesOf(code);
  });

  test('holds our workflows, or the checks below would see nothing', () => {
    expect(modules).toContain('./src/workflows/run-job.ts');
    expect(modules).toContain('./src/job/wait/poll-schedule.ts');
  });

  test('takes no room of ours but job and workflows', () => {
    const ours = modules.filter((name) => name.startsWith('./src/'));
    expect(ours.filter((name) => !/^\.\/src\/(job|workflows)\//.test(name))).toEqual([]);
  });

  test('takes no package but the SDK and what the SDK needs', () => {
    const packages = modules.flatMap((name) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? []);
    expect([...new Set(packages)].sort()).toEqual([
      '@temporalio/common',
      '@temporalio/workflow',
      'long',
      'ms',
      'nexus-rpc',
    ]);
  });

  test.each(['undici', 'zod', 'fastify', 'commander', 'node:'])('holds no module of %s', (name) => {
    expect(modules.filter((module) => module.includes(name))).toEqual([]);
  });

  test('stays small', () => {
    const ownCode = code.slice(0, code.lastIndexOf('//# sourceMappingURL'));
    expect(ownCode.length).toBeGreaterThan(100_000);
    expect(ownCode.length).toBeLessThan(CODE_BYTES_MAX);
  });
});

describe('a workflow file that imports what the workflow sandbox cannot have', () => {
  test.each([
    ['node:fs', new URL('./forbidden/imports-node-fs.workflow.ts', import.meta.url), 'ERROR in node:fs'],
    ['undici', new URL('./forbidden/imports-undici.workflow.ts', import.meta.url), '@ ./node_modules/undici/index.js'],
  ])('does not become a bundle: %s', async (_, file, complaint) => {
    const log: string[] = [];
    await expect(bundle(file, log)).rejects.toThrow('Webpack finished with errors');
    expect(log.join('\n')).toContain(complaint);
  });
});
