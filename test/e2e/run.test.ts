import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { JobResult } from '../../src/job/result.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { required } from '../support/required.js';
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

/** Beside the runs of other tests of the same configuration. */
function own(component: string, config: string, ...options: string[]): string[] {
  return ['run', component, config, '--key', lab.unique('run'), ...options];
}

describe.concurrent('`run` follows a job to its end', () => {
  it('leaves with 0 after a success, with one JSON document for programs', async () => {
    const { code, stdout, stderr } = await lab.run(own('ex-db', 'sampledatabase', '--json'));
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'success', component: 'ex-db', config: 'sampledatabase' });
  });

  it('shows people each change on the way on standard error, and the result on standard output', async () => {
    const durationSeconds = 300;
    const run = lab.start(lab.scripted({ durationSeconds, message: 'All is well.' }));
    await run.says(/\n(waiting|processing) · job \d+/);
    lab.sandbox.clock.advance(1_000 * durationSeconds);
    const { code, stdout, stderr } = await run.end();
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Started keboola\/default\/keboola\.ex-http\/;key=/);
    expect(stdout).toMatch(
      /^success · job \d+ · keboola\.ex-http in 300 s\nAll is well\.\nrun id 9\d{14}\.\d+ · (1 read|\d reads) ·/,
    );
  });

  it("leaves with 1 after a mistake of the user's, and shows its message", async () => {
    const { code, stderr } = await lab.run(own('keboola.ex-http', 'user-error'));
    expect(code).toBe(1);
    expect(stderr).toContain('JobUserError: Table "orders" does not exist.');
    expect(stderr).toContain('exception id docker-');
  });

  it('leaves with 3 after a warning only where --on-warning fail asks for it', async () => {
    const warning = lab.scripted({ durationSeconds: 1, status: 'warning', message: 'One table was skipped.' });
    const [accepted, refused] = await Promise.all([
      lab.run(warning),
      lab.run([...warning, '--on-warning', 'fail', '--json']),
    ]);
    expect(accepted).toMatchObject({ code: 0, stdout: expect.stringContaining('warning · job') as string });
    expect(refused.code).toBe(3);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      error: { type: 'JobWarning', message: 'One table was skipped.', exitCode: 3, job: { status: 'warning' } },
    });
  });

  it('leaves with 4 when somebody else stops the job, and says who it was', async () => {
    const key = lab.unique('stopped');
    const run = lab.start([...lab.scripted({ durationSeconds: 3_600 }), '--key', key]);
    const jobId = await lab.jobOf(lab.scriptedId(key));
    const headers = { 'x-storageapi-token': CANARY_TOKEN };
    await fetch(`${lab.sandbox.url}/queue/jobs/${jobId}/kill`, { method: 'POST', headers });
    const { code, stderr } = await run.end();
    expect(code).toBe(4);
    expect(stderr).toMatch(new RegExp(`JobCanceledError: Canceled; job ${jobId} ended \\w+ \\(stopped-by-other\\)`));
  });

  it('takes the configuration from a file and from standard input', async () => {
    const script = JSON.stringify({ parameters: { sandbox: { durationSeconds: 1, message: 'from a file' } } });
    const file = join(await tempFolder(), 'config.json');
    await writeFile(file, script);
    const command = ['run', 'keboola.ex-http', '--json', '--config-data'];
    const piped = lab.start([...command, '-']).input(script.replace('a file', 'standard input'));
    const [fromFile, fromInput] = await Promise.all([lab.run([...command, `@${file}`]), piped.end()]);
    expect(JSON.parse(fromFile.stdout)).toMatchObject({ message: 'from a file' });
    expect(JSON.parse(fromInput.stdout)).toMatchObject({ message: 'from standard input' });
  });
});

describe.concurrent('`run` refuses what cannot work, with 2', () => {
  it('names all problems of the input at once, and sends none of it', async () => {
    const data = JSON.stringify({ '#password': 'plain', note: CANARY_TOKEN });
    const args = ['run', 'no id!', '--config-data', data, '--parent-run-id', 'a b'];
    const { code, stderr } = await lab.run(args);
    expect(code).toBe(2);
    expect(stderr).toContain('component: not a component id');
    expect(stderr).toContain('parentRunId: not a run id');
    expect(stderr).toContain('configData.#password: is a secret in plain text');
    expect(stderr).toContain('configData.note: holds a Storage token; name a connection of the worker instead');
  });

  it('says which component was meant by a misspelt one', async () => {
    const { code, stdout } = await lab.run(own('keboola.ex-htpp', 'success', '--json'));
    expect(code).toBe(2);
    const { error } = JSON.parse(stdout) as { error: { type: string; message: string } };
    expect(error.type).toBe('InvalidInput');
    expect(error.message).toContain('Did you mean "keboola.ex-http"?');
  });

  it('says which connections the worker knows', async () => {
    const { code, stderr } = await lab.run(own('ex-db', 'sampledatabase', '-c', 'prod'));
    expect(code).toBe(2);
    expect(stderr).toContain('Connection "prod" is not known to this worker; it knows "default"');
  });

  it.each([
    ['no arguments', [], "missing required argument 'component'"],
    ['a choice that is none', ['ex-db', 'x', '--if-running', 'pray'], 'Allowed choices are attach, queue, fail'],
    ['no JSON', ['ex-db', '--config-data', '{'], '--config-data is not JSON'],
    ['two options that read the same pipe', ['ex-db', '--config-data', '-', '--variables', '-'], 'can be read once'],
    ['an option without its value', ['ex-db', 'x', '--key', '--dry-run'], '--key has no value: the option "--dry-run"'],
    ['two options that are no JSON', ['ex-db', '--config-data', '{', '--variables', '7'], '--variables must be a JSON'],
    ['a number that cannot be kept', ['ex-db', '--config-data', '{"id":23851234567890123}'], 'id: the number 23851'],
    ['a field that is there twice', ['ex-db', '--params', '{"a":{"b":1,"b":2}}'], 'cannot be used: a.b: appears twice'],
    ['a variable beyond all', ['ex-db', '--variables', '{"values":[{"value":1e400}]}'], 'values.0.value: the number'],
    [
      'a duration without a unit',
      ['ex-db', 'x', '--run-timeout', '90', '--row', ''],
      'It has no unit; write for example 90s',
    ],
  ])('says what is wrong with %s', async (_, args, message) => {
    const { code, stderr, stdout } = await lab.run(['run', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
  });
});

const HOUR = { durationSeconds: 3_600 };

describe.concurrent('a configuration that runs already', () => {
  it('is attached to when it is run again with the same input, and that is said', async () => {
    const { args, workflowId, jobId } = await lab.begin(HOUR);
    const again = lab.start(args);
    await again.says(/Attached to the run started \d+ s ago: /);
    expect(again.stderr).toContain(workflowId);
    await again.says(new RegExp(`(waiting|processing) · job ${jobId}`));
    const { stdout } = await lab.run([...args, '--detach', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ workflowId, attached: true });
    expect(await again.signal('SIGTERM').end()).toMatchObject({ code: 143 });
  });

  it('is not attached to with another input: both ways out are named', async () => {
    const { args, workflowId } = await lab.begin(HOUR);
    const { code, stdout } = await lab.run([...args, '--on-warning', 'fail', '--json']);
    expect(code).toBe(2);
    const { error } = JSON.parse(stdout) as { error: { type: string; message: string } };
    expect(error.type).toBe('InputConflictError');
    expect(error.message).toContain(`${workflowId} is already running with another input`);
    expect(error.message).toContain('--if-running queue');
  });

  it('is an error with --if-running fail', async () => {
    const { args, workflowId } = await lab.begin(HOUR);
    const { code, stderr } = await lab.run([...args, '--if-running', 'fail']);
    expect(code).toBe(2);
    expect(stderr).toBe(`AlreadyRunningError: ${workflowId} is already running.\n`);
  });

  it("gets a second workflow with --if-running queue, whose job waits for Keboola's own lock", async () => {
    const args = ['run', 'keboola.ex-http', 'slow', '--if-running', 'queue', '--detach', '--json'];
    const key = lab.unique('queue');
    const [first, second] = [await lab.run([...args, '--key', key]), await lab.run([...args, '--key', key])].map(
      ({ stdout }) => JSON.parse(stdout) as { workflowId: string; attached: boolean },
    );
    expect(second).toMatchObject({ attached: false });
    expect(second?.workflowId).not.toBe(first?.workflowId);
    const jobs = await Promise.all([first, second].map((one) => lab.jobOf(one?.workflowId ?? '')));
    const statuses = await Promise.all(jobs.map((jobId) => lab.statusOf(jobId)));
    expect(statuses.filter((status) => status === 'waiting').length).toBeGreaterThanOrEqual(1);
  });

  it('is left alone by --detach, which prints its ids and how to watch it', async () => {
    const key = lab.unique('detach');
    const { code, stdout } = await lab.run([...lab.scripted({ durationSeconds: 1 }), '--key', key, '--detach']);
    expect(code).toBe(0);
    const workflowId = lab.scriptedId(key);
    const { runId } = await lab.temporal.workflow.getHandle(workflowId).describe();
    expect(stdout).toBe(
      `workflow id  ${workflowId}\nits run      ${runId} (Temporal's; Keboola's run id comes with the job)\nwatch it     npx --no-install keboola-temporal follow '${workflowId}'\n`,
    );
    const followed = await lab.run(['follow', lab.scriptedId(key), '--json']);
    expect(followed.code).toBe(0);
    expect(JSON.parse(followed.stdout)).toMatchObject({ status: 'success', outcome: 'finished' });
  });
});

describe.concurrent("Temporal's own command line", () => {
  it('runs a job without any TypeScript client and prints its result', async () => {
    const { cli } = required(inject('devServer'));
    const input = JSON.stringify({ component: 'ex-db', config: 'sampledatabase' });
    const execute = lab.processes.start(cli, [
      'workflow',
      'execute',
      '--address',
      lab.address,
      '--type',
      'runJob',
      '--task-queue',
      lab.taskQueue,
      '--workflow-id',
      lab.unique('w1'),
      '--input',
      input,
      '--output',
      'json',
    ]);
    const { code, stdout } = await execute.end();
    expect(code).toBe(0);
    const { result } = JSON.parse(stdout) as { result: JobResult };
    expect(result).toMatchObject({ status: 'success', outcome: 'finished', component: 'ex-db', adopted: false });
    expect(result.url).toBe(`${lab.sandbox.url}/queue/job/${result.jobId}`);
  });
});
