import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBelow } from '../../src/job/run-id.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import { eventually } from '../support/eventually.js';
import { historyText } from '../support/history-text.js';
import { openExamplesLab, type ExamplesLab } from './support/examples-lab.js';

let lab: ExamplesLab;

beforeAll(async () => {
  lab = await openExamplesLab();
  await mkdir(join(lab.consumer.folder, 'examples/types'));
  await writeFile(join(lab.consumer.folder, 'examples/types/types.ts'), TYPES);
  // Each README begins with it; once is enough for all of them.
  await lab.run('npx tsc -p examples');
});
afterAll(() => lab.close());

const CLI = 'node_modules/keboola-temporal/dist/cli/main.js';

/** What must compile beside the examples, and what must not. */
const TYPES = `
import { KeboolaPlugin, type PipelineInput, type RunJobInput } from 'keboola-temporal';
import { Connections, createActivities } from 'keboola-temporal/activities';
import { startSandbox } from 'keboola-temporal/sandbox';
import { runJob, stoppedByOther } from 'keboola-temporal/workflows';

export const job: RunJobInput = { component: 'ex-db', config: '1', runTimeout: '2h' };
export const ended: (error: unknown) => boolean = stoppedByOther;
export const plugin = new KeboolaPlugin({ connections: [{ name: 'default', url: 'http://127.0.0.1', token: () => 'x' }] });
export const activities = createActivities({ connections: new Connections([]), searchAttributesRegistered: async () => true });
export const sandbox = startSandbox({ speed: 2 }).then(({ url }) => url.length);
// @ts-expect-error a component is text
export const wrongJob: RunJobInput = { component: 1 };
// @ts-expect-error a task has one kind
export const wrongPipeline: PipelineInput = { name: 'x', phases: [{ name: 'x', tasks: [{ job, pipeline: {} }] }] };
// @ts-expect-error the result of a job has no such field
export const wrongResult = (job: Awaited<ReturnType<typeof runJob>>) => job.nothing;
// @ts-expect-error a connection needs a token
export const wrongPlugin = new KeboolaPlugin({ connections: [{ name: 'default', url: 'http://127.0.0.1' }] });
`;

/** The commands of an example, without what has been done for all. */
async function commandsOf(example: string): Promise<string> {
  const commands = await lab.consumer.commandsOf(example);
  expect(commands).not.toBe('');
  return commands.replace('npx tsc -p examples\n', '');
}

describe.concurrent('the package, as npm packs it', () => {
  it.each([
    'keboola-temporal',
    'keboola-temporal/workflows',
    'keboola-temporal/activities',
    'keboola-temporal/sandbox',
  ])('lets a program import %s', async (name) => {
    expect(await lab.run(`node -e "import('${name}').then((all) => console.log(Object.keys(all).length > 0))"`)).toBe(
      'true\n',
    );
  });

  it('has types that let right programs compile, and wrong ones not', async () => {
    await access(join(lab.consumer.folder, 'examples/dist/types/types.js'));
  });

  it('keeps what is inside of it to itself', async () => {
    const inside = "import('keboola-temporal/dist/worker.js').catch(({ code }) => console.log(code))";
    expect(await lab.run(`node -e "${inside}"`)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });
});

describe.concurrent('an example does what its README says', () => {
  it('nightly: Keboola jobs and own activities on one worker of a stranger', async () => {
    const keboola = await lab.keboola(20);
    const said = await lab.run(await commandsOf('nightly'), keboola);
    expect(said).toMatch(/^2026-01-05: 3 sources loaded, transformed by job \d+\.$/m);
    const [, rootRunId = ''] = /rootRunId: '(\d+)'/.exec(said) ?? [];
    expect(keboola.counters).toMatchObject({ posts: 4, jobs: 4 });
    const jobs = await keboola.jobs();
    expect(jobs.filter(({ runId }) => isBelow(runId, rootRunId))).toHaveLength(4);
    const extract = await lab.temporal.workflow.getHandle('nightly-2026-01-05/extract').describe();
    expect({ type: extract.type, parent: extract.parentExecution?.workflowId }).toEqual({
      type: 'runPipeline',
      parent: 'nightly-2026-01-05',
    });
  });

  it('import-folder: every file of a folder into a table of its name, at night or when it is asked for', async () => {
    const keboola = await lab.keboola(20);
    const said = await lab.run(await commandsOf('import-folder'), keboola);
    expect(said).toBe('in.c-shop.customers: 3 rows\nin.c-shop.orders: 2 rows\n');
    expect(keboola.counters.storageJobsByOperation).toEqual({ tableCreate: 2 });
    // Its worker is gone by now, so that these are alone.
    await runsAnew();
    await isCanceledWhole();
  });

  it('fan-out: every configuration once, three at a time, a failure stops none, and a cancel all', async () => {
    const keboola = await lab.keboola(20);
    const said = await lab.run(await commandsOf('fan-out'), keboola);
    expect(said).toContain('9 of 11 have succeeded.');
    expect(said).toContain('keboola.ex-http / user-error: Table "orders" does not exist.');
    expect(said).toContain('keboola.ex-db-mysql / warning: ');
    expect(keboola.counters).toMatchObject({ posts: 11, jobs: 11 });
    expect(await mostChildrenAtATime('fan-out')).toBe(3);
    // Its worker is gone by now, so that this one is alone.
    await stopsWhatRuns();
  });

  describe('with a Keboola worker of the command line', () => {
    let keboola: Sandbox;
    beforeAll(async () => {
      keboola = await lab.keboola(1);
      await lab.start(`${CLI} worker --log-level ERROR`, keboola).says('Worker on task queue keboola');
    });

    it('schedule: a run that was skipped leaves a trace', async () => {
      const lines = (await lab.run(await commandsOf('schedule'))).trim().split('\n');
      const skipped = lines.filter((line) =>
        line.endsWith('skipped: keboola/default/keboola.ex-http/medium was still running'),
      );
      const ran = lines.filter((line) => /ran job \d+: success$/.test(line));
      expect(skipped.length).toBeGreaterThan(0);
      expect(ran.length).toBeGreaterThan(0);
      expect(skipped.length + ran.length).toBe(lines.length);
    });

    it('encryption-python: a Python client reads with the same keys what nobody else can', async () => {
      const commands = (await commandsOf('encryption-python')).replace(/npx --no keboola-temporal/, `node ${CLI}`);
      const said = await lab.run(commands, keboola);
      expect(said.match(/^.*: .*$/gm)).toEqual([
        'success: success',
        'user-error: JobUserError: Table "orders" does not exist.',
      ]);
      const id = await eventually(async () => {
        const [one] = (await listed('encrypted-')).filter((id) => id.endsWith('/user-error'));
        if (one === undefined) throw new Error('Temporal does not list it yet');
        return one;
      });
      const history = await historyText(lab.temporal, id);
      expect(history).toContain('binary/encrypted');
      expect(history).not.toContain('does not exist');
    });

    it('python-child: a Python workflow runs Keboola jobs as its children', async () => {
      const said = await lab.run(await commandsOf('python-child'));
      expect(said.trim().split('\n')).toEqual([
        'success: success',
        'warning: warning',
        'user-error: JobUserError: Table "orders" does not exist.',
      ]);
    });
  });
});

/** Runs the import of a folder twice: whoever asks for the second run waits for that one. */
async function runsAnew(): Promise<void> {
  const keboola = await lab.keboola(20);
  const run = 'node examples/dist/import-folder/schedule.js run\n';
  const said = await lab.run((await commandsOf('import-folder')).replace(run, run.repeat(2)), keboola);
  const loaded = 'in.c-shop.customers: 3 rows\nin.c-shop.orders: 2 rows\n';
  expect(said).toBe(loaded.repeat(2));
  expect(keboola.counters.storageJobsByOperation).toEqual({ tableCreate: 2, tableImport: 2 });
}

/** Cancels the import of a folder while its files are not loaded. */
async function isCanceledWhole(): Promise<void> {
  const keboola = await lab.keboola(20);
  keboola.faults.add({ route: 'tableCreate', times: 'always', status: 429 });
  const worker = lab.start('examples/dist/import-folder/worker.js', keboola);
  const handle = await lab.temporal.workflow.start('importFolder', {
    workflowId: 'import-folder-canceled',
    taskQueue: 'import-folder',
    args: ['in.c-shop'],
  });
  // One file may have been asked for twice.
  await eventually(() => {
    expect(keboola.counters.requests.filePrepare).toBe(2);
    expect(keboola.counters.requests.tableCreate).toBeGreaterThan(1);
  });
  await handle.cancel();
  await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  const { filePrepare, fileDelete } = keboola.counters.requests;
  expect([filePrepare, fileDelete]).toEqual([2, 2]);
  expect((await worker.signal('SIGTERM').end()).code).toBe(0);
}

/** Cancels the fan-out while its window is full. */
async function stopsWhatRuns(): Promise<void> {
  const keboola = await lab.keboola(20);
  const worker = lab.start('examples/dist/fan-out/worker.js', keboola);
  const components = ['keboola.ex-http', 'keboola.ex-db-mysql', 'keboola.wr-google-sheets'];
  const configurations = components.map((component) => ({ component, config: 'slow' }));
  const handle = await lab.temporal.workflow.start('fanOut', {
    workflowId: 'fan-out-canceled',
    taskQueue: 'fan-out',
    args: [{ configurations, window: 2 }],
  });
  await eventually(() => expect(keboola.counters.runs).toBe(2));
  await handle.cancel();
  await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect((await keboola.jobs()).map(({ status }) => status)).toEqual(['terminated', 'terminated']);
  expect((await worker.signal('SIGTERM').end()).code).toBe(0);
}

/** The ids of workflows that begin so. */
async function listed(prefix: string): Promise<string[]> {
  const ids: string[] = [];
  const query = `WorkflowId STARTS_WITH "${prefix}"`;
  for await (const { workflowId } of lab.temporal.workflow.list({ query })) ids.push(workflowId);
  return ids;
}

/** How many children a workflow has had open at the same time, as its history tells: how long their jobs took is no matter. */
async function mostChildrenAtATime(workflowId: string): Promise<number> {
  const { events } = await lab.temporal.workflow.getHandle(workflowId).fetchHistory();
  let open = 0;
  let most = 0;
  for (const event of events ?? []) {
    if (event.startChildWorkflowExecutionInitiatedEventAttributes) open += 1;
    if (event.childWorkflowExecutionCompletedEventAttributes) open -= 1;
    if (event.childWorkflowExecutionFailedEventAttributes) open -= 1;
    most = Math.max(most, open);
  }
  return most;
}
