import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsumer, type Consumer } from './support/consumer.js';

const run = promisify(execFile);

let consumer: Consumer;

beforeAll(async () => {
  consumer = await openConsumer();
});
afterAll(() => consumer.close());

/** A program that uses every entry, says what it got, and has one mistake that must be seen. */
const PROGRAM = `
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { KeboolaPlugin, type RunJobInput } from 'keboola-temporal';
import { createActivities } from 'keboola-temporal/activities';
import { InvalidInputError, KeboolaClient } from 'keboola-temporal/client';
import { startSandbox } from 'keboola-temporal/sandbox';
import { nightly } from './workflows.js';

export const job: RunJobInput = { component: 'ex-db', config: '1', runTimeout: '2h' };
// @ts-expect-error a component is text
export const wrong: RunJobInput = { component: 1 };
const keboola = new KeboolaClient({ client: new Client({ connection: Connection.lazy() }) });
const refused = keboola.run({ component: '' }).catch((error: unknown) => error instanceof InvalidInputError);
const plugin = new KeboolaPlugin({ connections: [{ name: 'default', url: 'http://127.0.0.1', token: () => 'x' }] });
const workflowsPath = process.argv[2] ?? '';
async function main(): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath, plugins: [plugin], logger: new DefaultLogger('ERROR') });
  const sandbox = await startSandbox();
  await sandbox.close();
  console.log(await refused, [nightly, createActivities].every((one) => typeof one === 'function'), code.includes('runPipeline'));
}
void main();
`;

const WORKFLOWS = `
import { executeChild } from '@temporalio/workflow';
import { runJob } from 'keboola-temporal/workflows';
export * from 'keboola-temporal/workflows';

export async function nightly(): Promise<string> {
  const job = await executeChild(runJob, { args: [{ component: 'keboola.ex-http', config: 'success' }] });
  return job.status;
}
`;

/** Compiles and runs a stranger's project. @returns what its program said. */
async function said(type: 'commonjs' | 'module', module: string, moduleResolution: string): Promise<string> {
  const folder = join(consumer.folder, `${type}-${module}`);
  const base = { target: 'es2022', lib: ['es2023'], types: ['node'], strict: true, skipLibCheck: true, outDir: 'dist' };
  const compilerOptions = { ...base, module, moduleResolution, esModuleInterop: true };
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type }));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  await writeFile(join(folder, 'program.ts'), PROGRAM);
  await writeFile(join(folder, 'workflows.ts'), WORKFLOWS);
  const compiler = join(consumer.folder, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [compiler, '-p', folder]).catch((error: unknown) => {
    throw new Error((error as { stdout: string }).stdout);
  });
  const { stdout, stderr } = await run(process.execPath, [
    join(folder, 'dist/program.js'),
    join(folder, 'dist/workflows.js'),
  ]);
  expect(stderr).toBe('');
  return stdout;
}

describe('the package compiles and runs in a project', () => {
  it.each([
    ['commonjs', 'node16', 'node16'],
    ['commonjs', 'node18', 'node16'],
    ['commonjs', 'node20', 'node16'],
    ['commonjs', 'nodenext', 'nodenext'],
    ['commonjs', 'commonjs', 'node10'],
    ['module', 'node16', 'node16'],
    ['module', 'node18', 'node16'],
    ['module', 'node20', 'node16'],
    ['module', 'nodenext', 'nodenext'],
  ] as const)('of type %s under module %s', async (type, module, moduleResolution) => {
    expect(await said(type, module, moduleResolution)).toBe('true true true\n');
  });
});
