import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobResult } from '../../src/job/result.js';
import { resultText } from '../../src/cli/text/job-text.js';
import { jobQuery, waitForCreatedUpdate } from '../../src/job/messages.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { builtInWith, FLOW_OF_TWO, flowOfTwo } from '../support/flows.js';
import { openJobLab, scripted, type JobLab } from '../support/job-lab.js';

const JOB = { component: 'keboola.ex-http', config: 'success' };
const FLOW = { component: 'keboola.orchestrator', config: 'nightly' };

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server, { token: '5555-1-queue', speed: 20, fixture: builtInWith([flowOfTwo]) });
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

async function resultOf(input: object): Promise<JobResult> {
  return (await (await lab.start(input)).result()) as JobResult;
}

describe.concurrent('on a project of Queue v2', () => {
  it('a job runs once, and its result has what this API alone tells', async () => {
    const result = await resultOf(JOB);
    expect(result).toMatchObject({ status: 'success', outcome: 'finished', details: { type: 'standard' } });
    expect(result.page).toContain('/admin/projects/5555/queue/');
  });

  it('a job that fails is a failure that names whose fault it is', async () => {
    const handle = await lab.start({ component: 'keboola.ex-db-mysql', config: 'user-error' });
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'JobUserError' } });
  });

  it('a workflow that is cancelled stops its job', async () => {
    const handle = await lab.start({ ...JOB, config: 'slow' });
    await eventually(async () => {
      const jobs = await lab.sandbox.jobs();
      expect(jobs.some((job) => job.params['config'] === 'slow' && job.status === 'processing')).toBe(true);
    });
    await handle.cancel();
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    const slow = (await lab.sandbox.jobs()).filter((job) => job.params['config'] === 'slow');
    expect(slow.map(({ status }) => status)).toEqual(['terminated']);
  });

  it('the phases and tasks of a flow are part of its result', async () => {
    const result = await resultOf(FLOW);
    expect(result.childrenComplete).toBe(true);
    expect(componentsBelow(result)).toEqual(['keboola.ex-db-mysql', 'keboola.ex-http', 'keboola.wr-google-sheets']);
    expect(result.children?.map(({ component }) => component)).toEqual([FLOW.component, FLOW.component]);
  });

  it('tasks of a flow that were chosen may fail below a success, which is warned of and told', async () => {
    const handle = await lab.start({ ...FLOW_OF_TWO, flowTasks: ['orders', 'report'] });
    const result = (await handle.result()) as JobResult;
    expect(result).toMatchObject({
      status: 'success',
      warnings: [expect.stringContaining('flowTasks: these tasks run one after another')],
      details: {
        tasks: [
          { id: 'orders', phase: 'load', status: 'error' },
          { id: 'report', phase: 'tell', status: 'success' },
        ],
      },
    });
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toContain('Warning: flowTasks: these tasks run one after another');
    const [failed] = result.details?.tasks ?? [];
    const text = resultText(result);
    expect(text).toContain('Warning: flowTasks: ');
    expect(text).toContain(`\n  task orders (Orders): error · job ${failed?.jobId}\n  job ${failed?.jobId}: `);
  });

  it('a job that starts later waits for its time', async () => {
    const result = await resultOf({ ...JOB, configData: {}, delay: '30s' });
    expect(result.waitSeconds).toBeGreaterThanOrEqual(30);
  });

  it('what only native applications take is refused by name', async () => {
    const handle = await lab.start({ component: 'keboola.ex-http', params: { a: 1 } });
    await expect(handle.result()).rejects.toMatchObject({
      cause: { type: 'InvalidInput', message: expect.stringContaining('params: is for native applications') as string },
    });
  });
});

// Not beside the others: their lists are let be empty.
it('a workflow that is cancelled says calmly what it waits for, though the list of jobs lags', async () => {
  const handle = await lab.start(scripted({ durationSeconds: 3_600 }));
  await handle.executeUpdate(waitForCreatedUpdate);
  await eventually(async () => expect((await handle.query(jobQuery)).job?.status).toBe('processing'));
  lab.sandbox.faults.add({ route: 'list', times: 2, emptyList: true });
  await handle.cancel();
  const notes = new Set<string>();
  await eventually(async () => {
    const { note, stage } = await handle.query(jobQuery);
    notes.add(note ?? '');
    expect(stage).toBe('closed');
  });
  expect([...notes].join('\n')).toContain('checking that no child job is');
  expect([...notes].join('\n')).not.toMatch(/are not known|not up to date/);
});

// Not beside the others: no ticket is to be had meanwhile.
it('a flow whose workflow is cancelled before it is sent is not created', async () => {
  lab.sandbox.faults.add({ route: 'tickets', status: 503, times: 'always' });
  const handle = await lab.start({ component: 'keboola.flow', config: 'nightly' });
  await eventually(async () => expect((await handle.query(jobQuery)).note).toContain('tickets'));
  await handle.cancel();
  await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  lab.sandbox.faults.clear();
  const made = (await lab.sandbox.jobs()).map(
    ({ params }) => `${String(params['component'])}/${String(params['config'])}`,
  );
  expect(made).not.toContain('keboola.flow/nightly');
});

/** Of the jobs that do the work, at whatever depth. */
function componentsBelow({ children = [] }: JobResult): string[] {
  const components = children.flatMap((child) => [child.component, ...componentsBelow(child)]);
  return [...new Set(components)].filter((component) => component !== FLOW.component).sort();
}
