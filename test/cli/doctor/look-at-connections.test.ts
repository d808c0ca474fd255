import { afterAll, beforeAll, expect, it } from 'vitest';
import { lookAtConnections } from '../../../src/cli/doctor/look-at-connections.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';

const NO_PROXY = { https: undefined, http: undefined, except: undefined };

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

it('a connection with the smallest budget can be looked at: the look is not one of its jobs', async () => {
  const tight = {
    name: 'tight',
    url: sandbox.url,
    token: () => sandbox.token,
    requestsPerSecond: 0.1,
    requestBurst: 1,
  };
  const [report] = await lookAtConnections([tight], NO_PROXY, () => undefined);
  expect(report?.problem).toBeUndefined();
  expect(report?.project?.id).toBe('1134');
});
