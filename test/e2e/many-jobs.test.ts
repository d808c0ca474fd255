import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeboolaClient } from '../../src/client.js';
import { listAllJobs } from '../../src/client/list-jobs.js';
import { eventually } from '../support/eventually.js';
import { openCliLab, type BegunJob, type CliLab } from '../support/cli-lab.js';

const LONG = { durationSeconds: 3_600 };

let lab: CliLab;
let jobs: BegunJob[];

beforeAll(async () => {
  lab = await openCliLab();
  await lab.startWorker();
  jobs = await Promise.all([lab.begin(LONG), lab.begin(LONG), lab.begin(LONG)]);
  // A workflow shows its job once that was read for the first time, and Temporal's lists a moment later.
  await eventually(async () => expect(ids(await listed('--running'))).toEqual(all()));
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

interface Row {
  workflowId: string;
  jobId: string;
}

/** What `cancel` of many tells programs. */
interface Stopped {
  dryRun: boolean;
  jobs: Row[];
  verdicts: (Row & { verdict: string })[];
  unknown: number;
}

/** All of this lab: other tests have theirs on the same server. */
const own = (): string[] => ['--query', `TaskQueue = "${lab.taskQueue}"`];
const ids = (rows: readonly Row[]): string[] => rows.map(({ jobId }) => jobId).toSorted();
const all = (): string[] => ids(jobs);

async function told<T>(...args: string[]): Promise<T> {
  const { stdout, stderr, code } = await lab.run([...args, ...own(), '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as T;
}

function listed(...args: string[]): Promise<Row[]> {
  return told('list', ...args);
}

describe('`list`', () => {
  it('tells page by page of all, none of them twice', async () => {
    const seen: Row[] = [];
    let next: string[] = [];
    let pages = 0;
    do {
      const page = await told<{ jobs: Row[]; next?: string }>('list', '--limit', '2', '--page', ...next);
      seen.push(...page.jobs);
      next = page.next === undefined ? [] : [page.next];
      pages += 1;
    } while (next.length > 0);
    expect([pages, ids(seen)]).toEqual([2, all()]);
  });

  it.each([
    [['--component', 'keboola.ex-http', '--status', 'processing', '--since', '1h'], 3],
    [['--component', 'keboola.ex-http', '--config', 'none'], 0],
    [['--status', 'error'], 0],
    [['--status', 'failed'], 0],
    [['--status', 'Running'], 3],
    [['--since', '1s'], 0],
  ])('finds what %j names', async (filter, count) => {
    await eventually(async () => expect(await listed(...filter)).toHaveLength(count));
  });

  it.each([
    [['--since', '5'], 'Expected a duration such as "2h" or "1d"'],
    [['--since', 'yesterday'], 'Expected a duration such as "2h" or "1d"'],
    [['--since', '2026-02-30'], 'Expected a duration such as "2h" or "1d"'],
    [['--since', '2999-01-01'], 'is yet to come'],
    [['--component', '--limit'], '--component has no value'],
    [['--status', 'done'], 'Allowed choices are created, waiting'],
    [['--status', 'errror'], 'Did you mean "error"?'],
    [['--status', 'runing'], 'Did you mean "processing"?'],
    [['--watch', '--json'], 'leave out --page and --json'],
    [['--page', 'nonsense'], 'this list has no such page'],
  ])('refuses %j', async (args, words) => {
    const { code, stdout, stderr } = await lab.run(['list', ...args]);
    expect(code).toBe(2);
    expect(`${stdout}${stderr}`).toContain(words);
  });

  it('shows a line for each change as long as it is watched', async () => {
    const watching = lab.start(['list', '--watch', ...own()]);
    await watching.says(`${jobs[0]?.jobId}  processing`);
    const job = await lab.begin({ durationSeconds: 1 });
    await watching.says(`${job.jobId}  success`);
    watching.signal('SIGINT');
    expect((await watching.end()).code).toBe(130);
    // A job shows its end a moment before its workflow closes: the tests below count what runs.
    await eventually(async () => expect(ids(await listed('--running'))).toEqual(all()));
  });
});

it('`status` takes a link', async () => {
  const [job] = jobs;
  const { stdout } = await lab.run(['status', `${lab.sandbox.url}/queue/job/${job?.jobId}`, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ workflowId: job?.workflowId });
});

it.each([
  ['admin', 'leads to neither a Keboola job nor a workflow'],
  ['admin/projects/2222/queue/JOB', 'No workflow of job JOB in project 2222'],
  ['namespaces/other/workflows/a', 'leads to namespace other, but this is namespace default'],
])('`status` refuses the link %s', async (path, words) => {
  const inWords = (text: string): string => text.replace('JOB', jobs[0]?.jobId ?? '');
  const { code, stderr } = await lab.run(['status', `https://connection.keboola.com/${inWords(path)}`]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(inWords(words))]);
});

describe('`cancel` of many', () => {
  it.each([
    [['1', '--component', 'a'], 'Give either an id'],
    [['1', '--yes'], 'Give either an id'],
    [['--yes'], 'Say what to stop'],
    [['--pipelines', '--yes'], 'a filter such as --since'],
    [['1', '--pipelines'], 'Give either an id'],
  ])('refuses %j', async (args, words) => {
    const { code, stderr } = await lab.run(['cancel', ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  it('tells of those whose component is not known yet, as far as the filter could mean them', async () => {
    const taskQueue = lab.unique('nobody');
    const { workflow } = lab.temporal;
    const options = { workflowId: taskQueue, taskQueue, args: [{ component: 'keboola.ex-http' }] };
    const handle = await workflow.start('runJob', options);
    const query = `TaskQueue = "${taskQueue}"`;
    await eventually(async () => expect((await workflow.count(query)).count).toBe(1));
    const asked = ['cancel', '--component', 'keboola.ex-http', '--query', query];
    const { stderr } = await lab.run(asked);
    expect(stderr).toContain('1 more is running whose component is not known yet; it is left alone.');
    expect(stderr).toContain(`--query 'KeboolaComponent IS NULL AND (${query})'`);
    const forPrograms = await lab.run([...asked, '--json', '--yes']);
    expect(JSON.parse(forPrograms.stdout)).toEqual({ dryRun: false, jobs: [], verdicts: [], unknown: 1 });
    const later = await lab.run([...asked, '--since', '1s']);
    expect([later.stderr, later.stdout]).toEqual(['', 'Nothing that runs matches.\n']);
    await handle.terminate();
  });

  it('means all of them, also where they fill more than one page of a list', async () => {
    const filter = { query: `TaskQueue = "${lab.taskQueue}"`, running: true };
    const found = await listAllJobs(lab.temporal, filter, undefined, 1);
    expect(found.map(({ jobId }) => jobId).toSorted()).toEqual(all());
  });

  it('only shows them at first, then stops them, with a verdict for each', async () => {
    const shown = await told<Stopped>('cancel', '--component', 'keboola.ex-http');
    expect(shown).toMatchObject({ dryRun: true, verdicts: [], unknown: 0 });
    expect(ids(shown.jobs)).toEqual(all());
    expect(lab.sandbox.counters.killsByJob).toEqual({});
    const stopped = await told<Stopped>('cancel', '--component', 'keboola.ex-http', '--yes');
    expect(stopped).toMatchObject({ dryRun: false, unknown: 0 });
    const { jobs: found, verdicts } = stopped;
    expect([ids(found), ids(verdicts)]).toEqual([all(), all()]);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['stopped', 'stopped', 'stopped']);
    expect(await Promise.all(all().map((jobId) => lab.statusOf(jobId)))).toEqual(all().map(() => 'terminated'));
  });
});

describe('pipelines', () => {
  const pipelines = (): Promise<Row[]> => listed('--pipelines', '--running');

  it('are listed instead of jobs, and stopped with all that they have begun', async () => {
    const known = (await lab.sandbox.jobs()).map(({ id }) => id);
    const begun = async (): Promise<string[]> =>
      (await lab.sandbox.jobs()).filter(({ id }) => !known.includes(id)).map(({ status }) => status);
    const keboola = new KeboolaClient({ client: lab.temporal, taskQueue: lab.taskQueue });
    const job = { component: 'keboola.ex-http', configData: { parameters: { sandbox: LONG } } };
    const { handle } = await keboola.startPipeline({
      name: lab.unique('many'),
      phases: [{ name: 'all', tasks: [{ id: 'a', job }] }],
    });
    const { workflowId } = handle;
    await eventually(async () => expect(await pipelines()).toMatchObject([{ workflowId }]));
    await eventually(async () => expect(await begun()).toEqual(['processing']));
    expect((await lab.run(['list', '--pipelines', ...own()])).stdout).toMatch(/status +workflow +started\n/);
    const stopped = { dryRun: false, jobs: [{ workflowId }], verdicts: [{ workflowId, verdict: 'stopped' }] };
    expect(await told('cancel', '--pipelines', '--yes')).toMatchObject(stopped);
    expect(await begun()).toEqual(['terminated']);
    await eventually(async () => expect(await pipelines()).toEqual([]));
  });

  it.each(['--component', '--config', '--connection'])('have no %s', async (option) => {
    const { code, stderr } = await lab.run(['list', '--pipelines', option, 'default']);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`only jobs have one`)]);
  });
});
