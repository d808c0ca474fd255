import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionSettings } from '../../../src/keboola/connection/connection.js';
import { reportOf, reportText } from '../../../src/keboola/connection/connection-report.js';
import { Connections } from '../../../src/keboola/connections.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';

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
    const connections = new Connections([
      { name: 'default', url: sandbox.url, token: () => (token === 'normal' ? sandbox.token : token), ...settings },
    ]);
    const report = await reportOf(connections.get('default'));
    expect(report.createFence).toBe(fence);
    if (fence === undefined) expect(reportText(report)).not.toContain('createFence');
    else expect(reportText(report)).toMatch(new RegExp(`createFence ${fence}$`));
  },
);
