import { afterAll, beforeAll, expect, it } from 'vitest';
import { lookAtConnections, requireAll } from '../../../src/cli/doctor/look-at-connections.js';
import { ConnectionRefused } from '../../../src/operate/connection-problem.js';
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

it('one that chooses a fence which its project does not have is not let pass where all must be well', async () => {
  const well = { name: 'well', url: sandbox.url, token: () => sandbox.token };
  const reports = await lookAtConnections(
    [well, { ...well, name: 'unfenced', createFence: 'none' }],
    NO_PROXY,
    () => undefined,
  );
  expect(() => requireAll(reports.filter(({ name }) => name === 'well'))).not.toThrow();
  expect(() => requireAll(reports)).toThrow(ConnectionRefused);
  expect(() => requireAll(reports)).toThrow(
    /\(--strict\): unfenced: project Tutorial .*; but createFence .*does not exist/,
  );
});
