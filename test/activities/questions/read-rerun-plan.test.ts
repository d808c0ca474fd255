import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readRerunPlan } from '../../../src/activities/questions/read-rerun-plan.js';
import { readJob } from '../../../src/activities/wait/read-job.js';
import type { RunRequest } from '../../../src/job/create/creation.js';
import type { RerunPlan } from '../../../src/job/questions.js';
import type { JobReading } from '../../../src/job/remote-steps.js';
import { Connections } from '../../../src/keboola/connections.js';
import type { ActivityDeps } from '../../../src/activities/deps.js';
import { QUEUE_TOKEN, useQueueProject } from '../../support/queue-project.js';

const RUN_ID = '900000000000001';
const FLOW = { component: 'keboola.flow', config: 'nightly' };
const VALUES = { values: [{ name: 'day', value: '2026-11-27' }] };

const project = useQueueProject();

function deps(): ActivityDeps {
  const connections = new Connections([{ name: 'default', url: project.sandbox.url, token: () => QUEUE_TOKEN }]);
  onTestFinished(() => connections.close());
  return { connections, searchAttributesRegistered: () => Promise.resolve(true) };
}

async function ended(what: Partial<RunRequest> = {}): Promise<string> {
  const request: RunRequest = { connection: 'default', project: '5555', runId: RUN_ID, ...FLOW, ...what };
  const { jobId } = await (await project.jobs.prepareCreate(request)).send();
  project.sandbox.clock.advance(60 * 60_000);
  return jobId;
}

async function plan(jobId: string): Promise<RerunPlan> {
  return await new MockActivityEnvironment().run(() => readRerunPlan(deps(), { jobId }));
}

describe('the rerun plan of a job', () => {
  it('that was to run some tasks has no others', async () => {
    expect((await plan(await ended())).tasks.map(({ id }) => id)).toEqual(['http', 'sheets']);
    const alone = await plan(await ended({ flowTasks: ['sheets'] }));
    expect(alone.tasks).toMatchObject([{ id: 'sheets', status: 'success' }]);
    expect(alone).toMatchObject({ flowTasks: [] });
    expect(alone).not.toHaveProperty('given');
  });

  it.each<[Partial<RunRequest>, RerunPlan['given']]>([
    [{ variableValuesData: VALUES }, ['variableValuesData']],
    [{ variableValuesId: '3' }, ['variableValuesId']],
    [{ mode: 'debug' }, ['mode']],
    [{ configData: { parameters: { a: 1 } } }, ['configData']],
    [{ fencedByVariable: true }, undefined],
  ])('tells what is to be given again: %j', async (what, given) => {
    expect((await plan(await ended(what))).given).toEqual(given);
  });

  it('has the branch where that is known to be one of development', async () => {
    expect(await plan(await ended({ branchId: '77' }))).toMatchObject({ branchId: '77' });
    expect(await plan(await ended())).not.toHaveProperty('branchId');
  });

  it('has the branch apart where nobody tells which one is the main one', async () => {
    project.sandbox.faults.add({ route: 'branches', status: 403, times: 'always' });
    const { branchId, shownBranchId } = await plan(await ended());
    expect(branchId).toBeUndefined();
    expect(shownBranchId).toMatch(/^\d+$/);
  });
});

it('what a job was given is not in the answer of a read, which goes into a history', async () => {
  const jobId = await ended({ flowTasks: ['http'], mode: 'debug', variableValuesData: VALUES, branchId: '77' });
  const reading: JobReading = await new MockActivityEnvironment().run(() =>
    readJob(deps(), { connection: 'default', project: '5555', jobId }),
  );
  expect(Object.keys(reading).sort()).toEqual(['kind', 'searchAttributes', 'serverTime', 'view']);
});
