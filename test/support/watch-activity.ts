import { MockActivityEnvironment } from '@temporalio/testing';
import { expect } from 'vitest';
import type { WatchRequest } from '../../src/job/watch/watch-request.js';
import type { JobApi } from '../../src/keboola/jobs/job-api.js';
import { Connections } from '../../src/keboola/connections.js';
import { eventually } from './eventually.js';
import type { JobLab } from './job-lab.js';
import { untilShown } from './until-shown.js';

/** The project of a lab's normal token, for what does not look at its stack. */
export const REQUEST: WatchRequest = { connection: 'default', stack: 'keboola.example', project: '1134' };

type Lab = Pick<JobLab, 'temporal' | 'taskQueue' | 'sandbox' | 'worker' | 'events'>;
type Handle = Awaited<ReturnType<JobLab['start']>>;

/** What a worker of the lab starts a watcher with. */
export function requestOf({ sandbox }: { sandbox: { url: string } }, connection = 'default'): WatchRequest {
  return { ...REQUEST, connection, stack: new URL(sandbox.url).host };
}

/** Runs as a part of a watch in the lab's task queue does. */
export function inActivity<T>(
  { temporal, taskQueue }: Pick<Lab, 'temporal' | 'taskQueue'>,
  work: () => Promise<T>,
): Promise<T> {
  return new MockActivityEnvironment({ taskQueue }, { client: temporal }).run(work);
}

interface OpenProject {
  jobs: () => Promise<JobApi>;
  close: () => Promise<void>;
}

/** The lab's project, as a worker knows it. */
export function openProject({ sandbox }: Pick<Lab, 'sandbox'>): OpenProject {
  const { url, token } = sandbox;
  const connections = new Connections([{ name: 'default', url, token: () => token, requestsPerSecond: 10_000 }]);
  return { jobs: () => connections.get('default').jobs(), close: () => connections.close() };
}

/** Until Temporal's lists show that each of these workflows, which are open, has a job that runs. */
export async function untilRunning({ temporal }: Pick<Lab, 'temporal'>, workflows: readonly Handle[]): Promise<void> {
  await untilShown(temporal, workflows, 'ExecutionStatus = "Running" AND KeboolaStatus = "processing"');
}

/** From now on no workflow of the lab asks Keboola for anything, nor goes on. */
export async function stopWorker({ worker }: Pick<Lab, 'worker'>): Promise<void> {
  worker.shutdown();
  await eventually(() => expect(worker.getState()).toBe('STOPPED'));
}

/** What the nudges of a workflow carry, in order; undefined for one that carries nothing. */
export async function nudgesOf({ events }: Pick<Lab, 'events'>, { workflowId }: Handle): Promise<unknown[]> {
  return (await events(workflowId)).flatMap(({ workflowExecutionSignaledEventAttributes: signaled }) => {
    if (signaled?.signalName !== 'nudge') return [];
    const [data] = signaled.input?.payloads?.map((payload) => payload.data) ?? [];
    return [data ? (JSON.parse(Buffer.from(data).toString()) as unknown) : undefined];
  });
}
