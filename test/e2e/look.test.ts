import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInFixture } from '../../src/sandbox/index.js';
import { openCliLab, type BegunJob, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { tempFolder } from '../support/temp-folder.js';

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
  await lab.startWorker();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

/** A job that fails soon, and that Temporal's lists, which lag behind, know: whoever names it by its id finds its workflow there. */
async function failing(): Promise<BegunJob> {
  const job = await lab.begin({ durationSeconds: 1, status: 'error', message: 'no luck' });
  const query = `KeboolaJobId = "${job.jobId}"`;
  await eventually(async () => expect((await lab.temporal.workflow.count(query)).count).toBe(1));
  return job;
}

describe.concurrent('`status`', () => {
  it('shows a job that runs, by workflow id and by job id alike', async () => {
    const { workflowId, jobId } = await lab.begin({ durationSeconds: 3_600 });
    const [byWorkflow, byJob] = await Promise.all([
      lab.run(['status', workflowId]),
      lab.run(['status', jobId, '--json']),
    ]);
    expect(byWorkflow.stdout).toMatch(
      new RegExp(`^${workflowId}\nworkflow running, started \\d+ s ago\n\\w+ · job ${jobId}`),
    );
    expect(JSON.parse(byJob.stdout)).toMatchObject({
      workflowId,
      workflowStatus: 'RUNNING',
      stage: 'waiting',
      job: { jobId },
      url: `${lab.sandbox.url}/queue/job/${jobId}`,
    });
    const asked = await lab.run(['cancel', jobId, '--no-wait', '--json']);
    expect(JSON.parse(asked.stdout)).toEqual({ workflowId, asked: true });
  });
});

describe.concurrent('what is not known', () => {
  it.each([
    ['status', '999999999999', 'No workflow of job 999999999999, and none of that id, is known to namespace default.'],
    ['follow', 'keboola/none', 'No workflow of id "keboola/none" is known to namespace default.'],
    ['cancel', '999999999999', 'No workflow of job 999999999999, and none of that id, is known to namespace default.'],
    ['cancel', 'keboola/none', 'No workflow of id "keboola/none" is known to namespace default.'],
  ])('is an error of usage: `%s %s`', async (command, id, message) => {
    const { code, stderr } = await lab.run([command, id]);
    expect(code).toBe(2);
    expect(stderr).toBe(`NoSuchJobError: ${message}\n`);
  });

  it.each(['follow', 'status', 'cancel'])('has no name: `%s ""`, as of a variable that is not set', async (command) => {
    expect(await lab.run([command, ''])).toMatchObject({ code: 2, stderr: 'UsageError: <id> is empty\n' });
  });
});

describe.concurrent('`list`', () => {
  it('shows the newest jobs first, takes a filter of Temporal, and says that there are more', async () => {
    const first = await lab.begin({ durationSeconds: 3_600 });
    const second = await lab.begin({ durationSeconds: 3_600 });
    const query = `KeboolaJobId IN ("${first.jobId}", "${second.jobId}")`;
    // A workflow shows of which job it is once that was read for the first time.
    await eventually(async () => expect((await lab.temporal.workflow.count(query)).count).toBe(2));
    const { code, stdout } = await lab.run(['list', '--running', '--query', query, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { workflowId: second.workflowId, jobId: second.jobId, workflowStatus: 'RUNNING', component: 'keboola.ex-http' },
      { workflowId: first.workflowId, jobId: first.jobId, jobStatus: expect.any(String) as string },
    ]);
    const limited = await lab.run(['list', '--query', query, '--limit', '1']);
    expect(limited.stdout).toContain(second.workflowId);
    expect(limited.stdout).not.toContain(first.workflowId);
    expect(limited.stderr).toMatch(/^There are more: /);
  });

  it('says so when there is none, and what is wrong with a filter', async () => {
    const none = await lab.run(['list', '--query', 'KeboolaJobId = "none"']);
    expect(none).toMatchObject({ code: 0, stdout: 'No jobs.\n' });
    const wrong = await lab.run(['list', '--query', 'Nothing = 1']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/^ServiceError: Failed to list workflows: .*Nothing/);
  });
});

describe.concurrent('`follow`', () => {
  it('tells the end of a job, and the end of one that is long over', async () => {
    const { workflowId, jobId } = await failing();
    const live = await lab.run(['follow', jobId]);
    expect(live.code).toBe(1);
    expect(live.stderr).toContain('JobUserError: no luck');
    const late = await lab.run(['follow', workflowId, '--json']);
    expect(late.code).toBe(1);
    expect(JSON.parse(late.stdout)).toMatchObject({ error: { message: 'no luck', job: { jobId, status: 'error' } } });
  });
});

describe.concurrent('`cancel`', () => {
  it('stops a job by its job id, waits for the proof and prints it', async () => {
    const { workflowId, jobId } = await lab.begin({ durationSeconds: 3_600 });
    const { code, stdout } = await lab.run(['cancel', jobId, '--json']);
    expect(code).toBe(0);
    const job = { jobId, outcome: 'killed-by-us' };
    expect(JSON.parse(stdout)).toMatchObject({ workflowId, canceled: true, job });
    expect(await lab.statusOf(jobId)).toMatch(/terminated|cancelled/);
    // A second one finds nothing to stop.
    const words = await lab.run(['cancel', workflowId]);
    expect(words.stdout).toMatch(new RegExp(`^It had been stopped before\\.\n\\w+ · job ${jobId}`));
    const again = await lab.run(['cancel', workflowId, '--json']);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ workflowId, canceled: true, job });
  });

  it('of a job that is over stops nothing and tells how it ended', async () => {
    const { workflowId, jobId } = await failing();
    expect(await lab.run(['follow', jobId])).toMatchObject({ code: 1 });
    const stopped = await lab.run(['cancel', jobId]);
    expect(stopped).toMatchObject({ code: 0, stderr: '' });
    expect(stopped.stdout).toContain('It had finished first.\nerror · job ');
    const { stdout: unasked } = await lab.run(['cancel', workflowId, '--no-wait', '--json']);
    expect(JSON.parse(unasked)).toEqual({ workflowId, asked: false });
    expect(lab.sandbox.counters.killsByJob[jobId]).toBeUndefined();
  });
});

describe.concurrent('`components`', () => {
  it('is what the project has, as JSON', async () => {
    const { code, stdout } = await lab.run(['components', '--json']);
    expect(code).toBe(0);
    const [project] = builtInFixture.projects;
    const expected = builtInFixture.components.flatMap((component) => {
      const { id, type, name, description, kind } = component;
      const own = project?.configurations?.filter((one) => one.component === id) ?? [];
      const actions = 'data' in component ? { actions: component.data?.synchronous_actions } : {};
      const uri = `${lab.sandbox.url}/${kind === 'docker' ? `docker/${id}` : id}`;
      const configurations = own.map((one) => ({ id: one.id, name: one.name ?? one.id }));
      return own.length === 0 ? [] : [{ id, type, name, description, uri, kind, ...actions, configurations }];
    });
    const { components } = JSON.parse(stdout) as { components: { configurations: { id: string; name: string }[] }[] };
    const bare = components.map(({ configurations, ...component }) => {
      return { ...component, configurations: configurations.map(({ id, name }) => ({ id, name })) };
    });
    expect(bare).toEqual(expected);
  });

  it('is a table for people, which a word filters', async () => {
    const { stdout } = await lab.run(['components', 'mysql']);
    expect(stdout).toMatch(/^keboola\.ex-db-mysql +extractor +docker +\d+ +testConnection,getTables +MySQL/m);
    expect(stdout).not.toContain('ex-http');
    const configurations = await lab.run(['components', '--type', 'writer', '--configurations']);
    expect(configurations.stdout).toMatch(/keboola\.wr-google-sheets .* user-error/);
  });
});

describe.concurrent('`action`', () => {
  const ACTION = ['action', 'keboola.ex-db-mysql', 'testConnection'];

  it('prints what the component answers, alone', async () => {
    const { code, stdout, stderr } = await lab.run(ACTION);
    expect([code, JSON.parse(stdout), stderr]).toEqual([0, { status: 'success' }, '']);
  });

  it('takes its configuration from a file, and tells why it failed', async () => {
    const sandbox = { status: 'error', message: 'No such host.' };
    const file = join(await tempFolder(), 'config.json');
    await writeFile(file, JSON.stringify({ parameters: { sandbox } }));
    const { code, stderr } = await lab.run([...ACTION, '--config-data', `@${file}`]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'ActionUserError: POST /docker/keboola.ex-db-mysql/action/testConnection answered 400: No',
    );
    const forgotten = await lab.run([...ACTION, '--config-data', file]);
    expect(forgotten.code).toBe(2);
    expect(forgotten.stderr).toContain(`write @${file}`);
  });

  it('names the component and the action that were perhaps meant', async () => {
    const [component, action] = await Promise.all([
      lab.run(['action', 'keboola.ex-db-mysq', 'testConnection', '--json']),
      lab.run(['action', 'keboola.ex-db-mysql', 'testConection']),
    ]);
    expect(JSON.parse(component.stdout)).toMatchObject({ error: { type: 'InvalidInput', exitCode: 2 } });
    expect(component.stdout).toContain('Did you mean \\"keboola.ex-db-mysql\\"?');
    expect(action.stderr).toContain('Did you mean "testConnection"?');
  });
});

describe.concurrent('`call`', () => {
  it("makes a component's own call and follows its job; an illegal path is refused before anything is sent", async () => {
    const path = '/gooddata-writer/v2/main/load-data';
    const script = JSON.stringify({ configData: { parameters: { sandbox: { durationSeconds: 1 } } } });
    const { code, stdout } = await lab.run(['call', 'POST', path, '--body', script, '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { status: 'success', component: 'gooddata-writer' }]);
    const foreign = await lab.run(['call', 'POST', `https://elsewhere.example${path}`]);
    expect(foreign.code).toBe(2);
    expect(foreign.stderr).toContain('path: names a host');
  });
});

describe.concurrent('`logs`', () => {
  it('shows the message and the events of a job, by job id and by workflow id', async () => {
    const script = { durationSeconds: 1, status: 'error', message: 'no luck', events: [{ message: 'Half of it' }] };
    const { workflowId, jobId } = await lab.begin(script);
    const failed = await lab.run(['follow', workflowId]);
    expect(failed.stderr).toMatch(/info .* keboola\.ex-http · Running keboola\.ex-http/);
    // The index of events lags by about a second.
    const byJob = await eventually(async () => {
      const { stdout } = await lab.run(['logs', jobId]);
      expect(stdout).toMatch(/error {3}keboola\.ex-http · no luck\n$/);
      return stdout;
    });
    expect(byJob).toMatch(new RegExp(`^error · job ${jobId} · keboola.ex-http\nno luck\nexception id `));
    const byWorkflow = await lab.run(['logs', workflowId, '--limit', '1', '--json']);
    expect(JSON.parse(byWorkflow.stdout)).toMatchObject({
      jobId,
      message: 'no luck',
      events: [{ message: 'no luck' }],
    });
  });
});
