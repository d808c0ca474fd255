import { MockActivityEnvironment } from '@temporalio/testing';
import { onTestFinished } from 'vitest';
import type { ActivityDeps } from '../../src/activities/deps.js';
import { Connections } from '../../src/keboola/connections.js';
import { createClock, startSandbox } from '../../src/sandbox/index.js';
import type { ControlledClock, Sandbox, SandboxOptions } from '../../src/sandbox/index.js';

/** A sandbox whose clock stands still until a test moves it, and activities that speak to it. */
export interface ActivityLab {
  sandbox: Sandbox<ControlledClock>;
  /** Runs an activity as a worker does, and answers what it answers. */
  run: <Order, Answer>(
    activity: (deps: ActivityDeps, order: Order) => Promise<Answer>,
    order: Order,
  ) => Promise<Answer>;
  /** Creates a job below a run id. @returns its id and its run id. */
  create: (runId: string, script?: object) => Promise<{ jobId: string; runId: string }>;
}

export async function openActivityLab(options: Partial<SandboxOptions<never>> = {}): Promise<ActivityLab> {
  const clock = createClock();
  clock.pause();
  const sandbox = await startSandbox({
    workers: 10_000,
    parallelLimit: 'off',
    killLatencySeconds: 0,
    ...options,
    clock,
  });
  const { url, token } = sandbox;
  const connections = new Connections([{ name: 'default', url, token: () => token, requestsPerSecond: 10_000 }]);
  onTestFinished(async () => {
    await connections.close();
    await sandbox.close();
  });
  const deps = { connections, searchAttributesRegistered: () => Promise.resolve(true) };
  return {
    sandbox,
    run: (activity, order) => new MockActivityEnvironment().run(() => activity(deps, order)),
    create: async (runId, script = {}) => {
      const response = await fetch(`${url}/docker/keboola.ex-http/run`, {
        method: 'POST',
        headers: { 'x-storageapi-token': token, 'x-kbc-runid': runId },
        body: JSON.stringify({ configData: { parameters: { sandbox: { durationSeconds: 3_600, ...script } } } }),
      });
      const { id } = (await response.json()) as { id: string };
      const job = (await sandbox.jobs()).find((one) => String(one.id) === id);
      return { jobId: id, runId: job?.runId ?? '' };
    },
  };
}

/** Children that a job spawns as it starts, `groups` of them with `each` of their own. */
export function spawned(groups: number, each: number, script: object = {}): object[] {
  const child = { component: 'keboola.ex-http', durationSeconds: 1, ...script };
  const own = Array.from({ length: each }, () => child);
  return Array.from({ length: groups }, () => ({ ...child, ...(each > 0 && { children: own }) }));
}
