import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { QUEUE_TOKEN } from '../support/queue-project.js';
import { tempFolder } from '../support/temp-folder.js';

interface Ran {
  workflowId: string;
  jobId: string;
}

let lab: CliLab;
/** A job of either connection, and one of the queue's whose workflow id says nothing. */
let ofDefault: Ran;
let ofQueue: Ran;
let nameless: Ran;

beforeAll(async () => {
  lab = await openCliLab();
  const file = join(await tempFolder(), 'connections.json');
  const { url } = lab.sandbox;
  const connections = { default: { url, tokenEnv: 'OLD' }, queue: { url, tokenEnv: 'NEW' } };
  await writeFile(file, JSON.stringify({ connections }));
  await lab.startWorker({
    KBC_URL: '',
    KBC_TOKEN: '',
    KBC_CONNECTIONS_FILE: file,
    OLD: CANARY_TOKEN,
    NEW: QUEUE_TOKEN,
  });
  [ofDefault, ofQueue, nameless] = await Promise.all([
    ran('default', lab.unique('of-default')),
    ran('queue', lab.unique('of-queue')),
    ranUnder(lab.unique('of-nothing')),
  ]);
  await eventually(async () => expect(await countListed([ofDefault, ofQueue, nameless])).toBe(3));
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

/** How many of the jobs Temporal's lists, which lag behind, show to have ended. */
async function countListed(jobs: readonly Ran[]): Promise<number> {
  const ids = jobs.map(({ jobId }) => `"${jobId}"`).join(', ');
  const query = `TaskQueue = "${lab.taskQueue}" AND ExecutionStatus = "Completed" AND KeboolaJobId IN (${ids})`;
  return (await lab.temporal.workflow.count(query)).count;
}

async function ran(connection: string, key: string): Promise<Ran> {
  const { stdout } = await lab.run([...lab.scripted({ durationSeconds: 1 }), '-c', connection, '--key', key, '--json']);
  const { jobId } = JSON.parse(stdout) as Ran;
  return { workflowId: `keboola/${connection}/keboola.ex-http/;key=${key}`, jobId };
}

async function ranUnder(workflowId: string): Promise<Ran> {
  const configData = { parameters: { sandbox: { durationSeconds: 1 } } };
  const input = { component: 'keboola.ex-http', configData, connection: 'queue' };
  const options = { workflowId, taskQueue: lab.taskQueue, args: [input] };
  const { jobId } = (await lab.temporal.workflow.execute('runJob', options)) as Ran;
  return { workflowId, jobId };
}

describe.concurrent('with --connection', () => {
  it('`list` shows the jobs of that project, whatever their workflow ids, and no others', async () => {
    const query = `TaskQueue = "${lab.taskQueue}"`;
    const [inQueue, inDefault] = await Promise.all(
      ['queue', 'default'].map((name) => lab.run(['-c', name, 'list', '--query', query, '--json'])),
    );
    const idsIn = (end: { stdout: string } | undefined): string[] =>
      (JSON.parse(end?.stdout ?? '') as Ran[]).map(({ jobId }) => jobId).sort();
    expect(idsIn(inQueue)).toEqual([ofQueue.jobId, nameless.jobId].sort());
    expect(idsIn(inDefault)).toEqual([ofDefault.jobId]);
  });

  it.each(['status', 'follow', 'tree', 'cancel', 'logs'])('`%s` finds what is of it', async (command) => {
    const ends = await Promise.all(
      [ofQueue.workflowId, nameless.workflowId].map((id) => lab.run([command, '-c', 'queue', id])),
    );
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  });

  it.each(['status', 'follow', 'tree', 'cancel'])('`%s` does not find what is of another one', async (command) => {
    const { workflowId, jobId } = ofDefault;
    const [byId, byJob, other] = await Promise.all([
      lab.run([command, '-c', 'queue', workflowId]),
      lab.run([command, '-c', 'queue', jobId]),
      lab.run([command, '-c', 'default', nameless.workflowId]),
    ]);
    expect(byId).toMatchObject({ code: 2, stdout: '' });
    expect(byId.stderr).toBe(`NoSuchJobError: Workflow "${workflowId}" does not belong to connection "queue".\n`);
    expect(byJob.stderr).toContain(`No workflow of job ${jobId} in connection "queue"`);
    expect(other.stderr).toContain(`Workflow "${nameless.workflowId}" does not belong to connection "default"`);
  });

  it('`logs` does not read the job of another project that bears the same number', async () => {
    const { code, stderr } = await lab.run(['logs', '-c', 'queue', ofDefault.workflowId]);
    expect([code, stderr]).toEqual([
      2,
      `NoSuchJobError: ${ofDefault.workflowId} belongs to connection "default", not to "queue".\n`,
    ]);
  });

  it('a name that the worker does not know is refused, with those that it knows', async () => {
    const { code, stderr } = await lab.run(['list', '-c', 'nope']);
    expect([code, stderr]).toEqual([
      2,
      'InvalidInput: Connection "nope" is not known to this worker; it knows "default", "queue".\n',
    ]);
  });

  it('`list` goes by the workflow ids where no worker can tell the project, and says so', async () => {
    const elsewhere = { KEBOOLA_TASK_QUEUE: lab.unique('nobody') };
    const query = `TaskQueue = "${lab.taskQueue}"`;
    const { stdout, stderr } = await lab.run(['list', '-c', 'queue', '--query', query], elsewhere);
    expect(stdout).toContain(ofQueue.workflowId);
    expect(stdout).not.toContain(ofDefault.workflowId);
    expect(stderr).toContain('only workflows with the connection in their id are counted');
  });

  it('`list` says so on standard error with --json, too', async () => {
    const elsewhere = { KEBOOLA_TASK_QUEUE: lab.unique('nobody') };
    const { stdout, stderr } = await lab.run(
      ['list', '-c', 'queue', '--component', 'nobody.has-it', '--json'],
      elsewhere,
    );
    expect(JSON.parse(stdout)).toEqual([]);
    expect(stderr).toMatch(
      /^warning: No worker could tell .* only workflows with the connection in their id are counted/,
    );
  });

  it('`cancel` of many stops nothing where no worker can tell the project, instead of a part', async () => {
    const key = lab.unique('running');
    const started = await lab.run([
      ...lab.scripted({ durationSeconds: 3_600 }),
      '-c',
      'queue',
      '--key',
      key,
      '--detach',
    ]);
    expect(started.code, started.stderr).toBe(0);
    const id = `keboola/queue/keboola.ex-http/;key=${key}`;
    const query = `WorkflowId = "${id}"`;
    await eventually(async () => expect((await lab.temporal.workflow.count(query)).count).toBe(1));
    const elsewhere = { KEBOOLA_TASK_QUEUE: lab.unique('nobody') };
    const many = ['cancel', '-c', 'queue', '--query', query, '--yes', '--json'];
    const { code, stdout, stderr } = await lab.run(many, elsewhere);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      error: {
        type: 'UnknownProjectError',
        message: expect.stringMatching(
          /no worker answers on task queue .*, and nothing is listed or stopped\. Run .*doctor/,
        ) as string,
        exitCode: 7,
      },
    });
    const handle = lab.temporal.workflow.getHandle(id);
    expect([code, (await handle.describe()).status.name]).toEqual([7, 'RUNNING']);
    expect(await lab.run(many)).toMatchObject({ code: 0, stdout: expect.stringContaining('"stopped"') as string });
  });

  it.each(['demo', 'dev', 'worker', 'sandbox', 'codec-server', 'setup'])(
    '`%s` is refused, as it is for all of them',
    async (command) => {
      const { code, stderr } = await lab.run([command, '-c', 'queue']);
      expect(code).toBe(2);
      expect(stderr).toMatch(new RegExp(`^UsageError: "${command}" takes no --connection: .+\\. Leave it out\\.\\n$`));
    },
  );
});
