import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFenceOf, type FenceChoice } from '../../../src/activities/prepare/create-fence.js';
import { withDefaults } from '../../../src/input/with-defaults.js';
import type { CreateFence, RunJobInput } from '../../../src/job/input.js';
import { impossibleFence } from '../../../src/keboola/shortcomings.js';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';

const JOB = { component: 'keboola.ex-http', config: 'success' };
const ROWS = { component: 'keboola.ex-db-mysql', config: 'rows' };
const FLOW = { component: 'keboola.flow', config: 'nightly' };
const VARIABLES = { values: [{ name: 'a', value: 'b' }] };

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function keboola(token: string, createFence?: CreateFence): ReturnType<Connections['get']> {
  const settings = { name: 'default', url: sandbox.url, token: () => token, ...(createFence && { createFence }) };
  return new Connections([settings]).get('default');
}

async function chosen(input: RunJobInput, ofConnection?: CreateFence): Promise<FenceChoice> {
  return await createFenceOf(keboola('5555-1-queue', ofConnection), withDefaults(input));
}

describe('the fence of a creation', () => {
  test.each<[string, RunJobInput, CreateFence | undefined, CreateFence]>([
    ['a job', JOB, undefined, 'run-id'],
    ['a flow', FLOW, undefined, 'none'],
    ['a job of such a connection', JOB, 'none', 'none'],
    ['a flow of such a connection', FLOW, 'run-id', 'run-id'],
    ['an input that says so', { ...FLOW, createFence: 'run-id' }, 'none', 'run-id'],
    ['a configuration without variables', ROWS, 'variable', 'variable'],
    ['data without variables', { component: JOB.component, configData: {} }, 'variable', 'variable'],
  ])('of %s is as its input says, or its connection, or as fits it', async (_, input, ofConnection, fence) => {
    expect(await chosen(input, ofConnection)).toEqual({ fence });
  });

  test.each<[string, Partial<RunJobInput>]>([
    ['gives values of variables', { variableValuesData: VARIABLES }],
    ['names stored values', { variableValuesId: '1' }],
    ['runs in a branch, of which nothing is known', { branchId: '12' }],
    ['has variables in its data', { configData: { variables_id: '1', variables_values_id: '2' } }],
  ])('is a run id instead of a variable, with a warning, where the input %s', async (_, input) => {
    const { fence, warning } = await chosen({ ...ROWS, ...input, createFence: 'variable' });
    expect(fence).toBe('run-id');
    expect(warning).toContain('may have variables');
  });

  test('is a run id with a warning where a variable was seen not to be kept', async () => {
    await sandbox.settings({ queueVariables: 'dropped' });
    const connection = keboola('5555-1-queue', 'variable');
    const jobs = await connection.jobs();
    const request = {
      connection: 'default',
      project: '5555',
      runId: '900000000000001',
      ...ROWS,
      fencedByVariable: true as const,
    };
    await (await jobs.prepareCreate(request)).send();
    const { fence, warning } = await createFenceOf(connection, withDefaults(ROWS));
    expect(fence).toBe('run-id');
    expect(warning).toContain('dropped a variable');
  });

  test('that a project cannot have is refused, and whose setting it is', async () => {
    const message =
      '"none" does not exist on Syrup, on which this project runs its jobs; use "run-id", or leave it out';
    const path = 'createFence';
    const whose = 'of connection "default": ';
    const byNone = keboola(sandbox.token, 'none');
    expect(await impossibleFence(byNone, JOB)).toEqual({ path, message: `${whose}${message}` });
    expect(await impossibleFence(keboola(sandbox.token), { ...JOB, createFence: 'none' })).toEqual({ path, message });
    expect(await impossibleFence(byNone, { ...JOB, createFence: 'run-id' })).toBeUndefined();
    expect(await impossibleFence(keboola('5555-1-queue', 'none'), JOB)).toBeUndefined();
  });
});
