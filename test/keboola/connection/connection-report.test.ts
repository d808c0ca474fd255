import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ConnectionReport } from '../../../src/job/questions.js';
import type { ConnectionSettings } from '../../../src/keboola/connection/connection.js';
import { reportOf, reportText } from '../../../src/keboola/connection/connection-report.js';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import { STACK_TOKEN, startQueueWithoutActions } from '../../support/fake-stack.js';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

test.each<[string, Partial<ConnectionSettings>, string | undefined]>([
  ['5555-1-queue', {}, '"run-id", "none" for flows'],
  ['5555-1-queue', { createFence: 'none' }, '"none"'],
  ['5555-1-queue', { createFence: 'run-id' }, '"run-id"'],
  ['normal', {}, undefined],
])(
  'a report on the token %j with the settings %j says by what creations are told from others: %j',
  async (token, settings, fence) => {
    const report = await reportAt(sandbox.url, token === 'normal' ? sandbox.token : token, settings);
    expect(report.createFence).toBe(fence);
    if (fence === undefined) expect(reportText(report)).not.toContain('createFence');
    else expect(reportText(report)).toMatch(new RegExp(`createFence ${fence}$`));
  },
);

const HTTP = 'keboola.ex-http';

test('a report names the limit of the project, and the components that a token is limited to', async () => {
  const components = [HTTP, ...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => `keboola.${id}`)];
  const tokens = [{ token: '9-1-narrow', id: '1', description: 'narrow', role: 'none' as const, components }];
  const limits = { 'components.jobsParallelism': 3 };
  const own = await startSandbox({
    fixture: { projects: [{ id: 9, name: 'P', features: ['queuev2'], limits, tokens }] },
  });
  onTestFinished(() => own.close());
  const report = await reportAt(own.url, '9-1-narrow');
  expect(report).toMatchObject({ jobsParallelism: 3 });
  expect(report).not.toHaveProperty('warnings');
  expect(reportText(report)).toMatch(
    /, token "narrow", for keboola\.ex-http, keboola\.a, .*, keboola\.d and 2 more alone, 3 jobs at a time, createFence /,
  );
});

test.each<[string, string, Partial<ConnectionSettings>, RegExp]>([
  ['a role that may only read', '5555-2-readonly', {}, /role "readOnly" may only look on/],
  ['the same on Syrup', '1134-53045-readonly', {}, /role "readOnly" may only look on/],
  [
    'an API that is forced on a project',
    '1134-53044-sandbox',
    { api: 'queue' },
    /"api": "queue", .* is on Syrup: leave/,
  ],
  ['the other one', '5555-1-queue', { api: 'syrup' }, /"api": "syrup", .* is on Queue v2: leave/],
])('a report warns of %s, by which no job runs', async (_, token, settings, words) => {
  const report = await reportAt(sandbox.url, token, settings);
  expect(report).toMatchObject({
    project: { id: expect.stringMatching(/^(1134|5555)$/) as string },
    warnings: [expect.stringMatching(words) as string],
  });
  expect(report).not.toHaveProperty('problem');
});

test('a report warns of a stack of Queue v2 that has no service for synchronous actions', async () => {
  const { url } = await startQueueWithoutActions();
  expect(await reportAt(url, STACK_TOKEN)).toMatchObject({
    api: 'Queue v2',
    warnings: [
      'No synchronous actions: this stack has no service for synchronous actions; jobs run there all the same.',
    ],
  });
});

test.each(['none', 'variable'] as const)(
  'a report says that every job is refused where a connection to Syrup chooses the fence "%s"',
  async (createFence) => {
    const report = await reportAt(sandbox.url, sandbox.token, { createFence });
    const problem = `createFence of connection "default": "${createFence}" does not exist on Syrup`;
    expect(report).toMatchObject({
      project: { id: '1134' },
      chosenFence: createFence,
      problem: expect.stringContaining(problem) as string,
      advice: expect.stringContaining('Correct "createFence" of the connection') as string,
    });
    expect(reportText(report)).toMatch(/^project Tutorial \(1134\) on Syrup at .*; but createFence of connection/);
  },
);

function reportAt(url: string, token: string, settings: Partial<ConnectionSettings> = {}): Promise<ConnectionReport> {
  return reportOf(new Connections([{ name: 'default', url, token: () => token, ...settings }]).get('default'));
}
