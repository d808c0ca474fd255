import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { tempFolder } from '../support/temp-folder.js';

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
  await lab.startWorker();
});
afterAll(async () => {
  await lab.close();
});

/** Writes a pipeline file and returns where. */
async function file(text: string, name = 'nightly.yaml'): Promise<string> {
  const path = join(await tempFolder(), name);
  await writeFile(path, text);
  return path;
}

/** Each test runs a pipeline of its own name. */
function nightly(tasks: string, name = lab.unique('nightly')): { name: string; text: string } {
  return { name, text: `name: ${name}\nphases:\n  - name: extract\n    tasks:\n${tasks}` };
}

/** A job that ends as told. Inline, because tests that share a configuration share its lock. */
function job(script: Record<string, unknown>): string {
  return JSON.stringify({ component: 'keboola.ex-http', configData: { parameters: { sandbox: script } } });
}

const GOOD = `      - { id: good, job: ${job({ durationSeconds: 1 })} }\n`;
/** Ends by the clock of the sandbox, which is set forward once it was seen to run. */
const LONG_SECONDS = 300;
const LONG = `      - { id: good, job: ${job({ durationSeconds: LONG_SECONDS })} }\n`;
const STORED = '      - { id: good, job: { component: ex-db, config: sampledatabase } }\n';
const NESTED = `      - id: inner
        pipeline:
          name: inner
          phases: [{ name: all, tasks: [{ id: deep, job: ${job({ durationSeconds: 1 })} }] }]
`;
const FAILS = job({ durationSeconds: 1, status: 'error', error: 'user' });
const bad = (rules = ''): string => `      - { id: bad, job: ${FAILS}${rules} }\n`;
const SLOW = `      - { id: slow, job: ${job({ durationSeconds: 3_600 })} }\n`;
const THEN = `  - { name: load, tasks: [{ id: late, job: ${job({ durationSeconds: 1 })} }] }\n`;

describe.concurrent('`pipeline run`', () => {
  it('follows a pipeline line by line, and shows the whole of it at the end', async () => {
    const { text } = nightly(LONG + NESTED);
    const run = lab.start(['pipeline', 'run', await file(text)]);
    await run.says(/\nextract \/ good .*running/);
    await run.says(/\nextract \/ good .*job \d+/);
    lab.sandbox.clock.advance(1_000 * LONG_SECONDS);
    const { code, stdout, stderr } = await run.end();
    expect(stderr).toMatch(/^Started keboola-pipeline\/nightly/);
    expect(stdout).toMatch(/^success · pipeline nightly-\S+ · run id 9\d{14}\n/);
    expect(stdout).toMatch(/\n {4}good · success · job \d+ · 300 s/);
    expect(stdout).toMatch(/deep · success · job \d+/);
    expect(code).toBe(0);
  });

  it('shows where in the file the worker has found what is wrong', async () => {
    const { text } = nightly('      - { id: a, job: { component: ex-dbb, config: x } }\n');
    const path = await file(`${text}      - { id: b, job: { component: ex-db, config: nowhere } }\n`);
    const { code, stderr } = await lab.run(['pipeline', 'run', path]);
    const [first, second] = stderr.split('\n').filter((line) => line.includes(path));
    expect(first).toContain(`InvalidInput: ${path}:5:25: phases.0.tasks.0.job.component: `);
    expect(second).toContain(`${path}:6:43: phases.0.tasks.1.job.config: `);
    expect(code).toBe(2);
  });

  it('leaves with 1 when a task has failed it, and tells programs everything in one document', async () => {
    const { text, name } = nightly(GOOD + bad());
    const { code, stdout } = await lab.run(['pipeline', 'run', await file(text + THEN), '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        type: 'PipelineFailed',
        exitCode: 1,
        pipeline: {
          name,
          status: 'error',
          phases: [
            {
              tasks: [
                { id: 'good', status: 'success' },
                { id: 'bad', error: { type: 'JobUserError' } },
              ],
            },
            { tasks: [{ id: 'late', status: 'not-started' }] },
          ],
        },
      },
    });
  });

  it('leaves with 3 after a warning only where --on-warning fail asks for it', async () => {
    const run = async (...options: string[]) =>
      await lab.run(['pipeline', 'run', await file(nightly(bad(', continueOnFailure: true')).text), ...options]);
    const [accepted, refused] = await Promise.all([run(), run('--on-warning', 'fail')]);
    expect(accepted).toMatchObject({ code: 0, stdout: expect.stringMatching(/^warning · pipeline/) as string });
    expect(refused.code).toBe(3);
  });

  it('is detached from by Ctrl-C, followed again, and stopped by `cancel`', async () => {
    const { text, name } = nightly(SLOW);
    const run = lab.start(['pipeline', 'run', await file(text)]);
    await run.says(/extract \/ slow .*job \d+/);
    await eventually(async () =>
      expect(await lab.statusOf(/job (\d+)/.exec(run.stderr)?.[1] ?? '')).toBe('processing'),
    );
    const [, jobId = ''] = /job (\d+)/.exec(run.stderr) ?? [];
    run.signal('SIGINT');
    expect((await run.end()).code).toBe(130);
    const id = `keboola-pipeline/${name}`;
    expect(run.stderr).toContain(`keboola-temporal follow '${id}'`);
    expect(await lab.statusOf(jobId)).toBe('processing');
    const status = await lab.run(['status', id]);
    expect(status.stdout).toMatch(new RegExp(`slow .*running · job ${jobId}`));
    const follow = lab.start(['follow', id]);
    await follow.says(/extract \/ slow/);
    const { code, stdout } = await lab.run(['cancel', id]);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('Stopped.') as string });
    expect((await follow.end()).code).toBe(4);
    expect(await lab.statusOf(jobId)).toBe('terminated');
  });

  it('attaches to the same pipeline that runs already, and not to another one of its name', async () => {
    const { text, name } = nightly(SLOW);
    const first = lab.start(['pipeline', 'run', await file(text)]);
    await first.says('Started');
    const again = await lab.run(['pipeline', 'run', await file(text), '--detach', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ attached: true, workflowId: `keboola-pipeline/${name}` });
    const other = await lab.run(['pipeline', 'run', await file(text + THEN)]);
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('(--key)') as string });
    await eventually(() => first.says(/job \d+/));
    const stopped = await lab.run(['cancel', `keboola-pipeline/${name}`, '--json']);
    expect(JSON.parse(stopped.stdout)).toMatchObject({ canceled: true, pipeline: { status: 'cancelled' } });
    expect((await first.end()).code).toBe(4);
  });
});

describe.concurrent('`pipeline validate`', () => {
  it('says of each problem where in the file it is, and leaves with 2', async () => {
    const path = await file(nightly(`${GOOD}      - { id: good, action: { component: 7, action: a } }\n`).text);
    const { code, stderr, stdout } = await lab.run(['pipeline', 'validate', path]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${path}:6:31: phases.0.tasks.1.action.component: expected a text, got a number`);
    expect(stderr).toContain(`${path}:6:11: phases.0.tasks.1.id: is taken already, by phases.0.tasks.0`);
    expect(stdout).toContain('2 problems');
  });

  it('warns of parallel tasks that wait for each other in Keboola', async () => {
    const path = await file(nightly(STORED + STORED.replace('good', 'again')).text);
    const { code, stderr } = await lab.run(['pipeline', 'validate', path]);
    expect(code).toBe(0);
    const warning = `warning: ${path}:3:5: phases.0: 2 parallel tasks of phase "extract" run ex-db`;
    expect(stderr).toContain(warning);
    const run = await lab.run(['pipeline', 'run', path, '--detach', '--json']);
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining(warning) as string });
    const { workflowId } = JSON.parse(run.stdout) as { workflowId: string };
    expect((await lab.run(['cancel', workflowId])).code).toBe(0);
  });

  it.each([
    ['text that is no YAML', '{ "name": "x",\n "phases": [', ':2:'],
    ['more than a MiB', ' '.repeat(1024 * 1024 + 1), 'is larger than 1048576 bytes'],
    ['nothing', '', 'is empty; a pipeline has at least a name and phases'],
  ])('refuses %s', async (_, text, why) => {
    const { code, stderr } = await lab.run(['pipeline', 'validate', await file(text, 'pipeline.json')]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(why) as string });
  });

  it.each([
    ['a folder', '.'],
    ['a device', '/dev/zero'],
    ['what is not there', 'nowhere.yaml'],
  ])('refuses %s', async (_, path) => {
    expect((await lab.run(['pipeline', 'validate', path])).code).toBe(2);
  });

  it('tells what `run` refuses as well, before it asks anybody', async () => {
    const path = await file(nightly('      - { id: a/b }\n').text);
    const { code, stderr } = await lab.run(['pipeline', 'run', path], { TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(`${path}:5:11: `) as string });
    expect(stderr).toContain('phases.0.tasks.0: names nothing to run');
  });

  it('gives the connection of the command line to jobs that have none', async () => {
    const { text } = nightly(GOOD + bad().replace('{"component"', '{"connection":"own","component"'));
    const { code, stderr } = await lab.run(['pipeline', 'run', await file(text), '-c', 'nowhere']);
    expect(code).toBe(2);
    expect(stderr).toContain('phases.0.tasks.0.job.connection: Connection "nowhere" is not known');
    expect(stderr).toContain('phases.0.tasks.1.job.connection: Connection "own" is not known');
  });
});
