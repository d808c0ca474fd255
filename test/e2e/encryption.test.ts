import { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeboolaClient } from '../../src/client.js';
import { describeWorkflow } from '../../src/temporal/look.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { eventually } from '../support/eventually.js';
import { historyText } from '../support/history-text.js';
import { encrypting, keysFile, keysText } from '../support/payload-keys.js';
import type { Environment, Process } from '../support/processes.js';

let lab: CliLab;
let worker: Process | undefined;

const NEW = keysText('2026', ['2026', '2025']);
const OTHERS = keysText('2024', ['2024']);
const SAME_NAME = keysText('2026', ['2026'], 2);
const READ_ONLY = keysText(null, ['2026', '2025']);
const SLOW = { durationSeconds: 3_000 };
const QUICK = { durationSeconds: 1 };

const withKeys = async (text: string): Promise<Environment> => ({ KEBOOLA_PAYLOAD_KEYS_FILE: await keysFile(text) });

beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(() => lab.close());

async function statusOf(workflowId: string): Promise<string> {
  return (await describeWorkflow(lab.temporal, workflowId)).status.name;
}

function client(text: string): KeboolaClient {
  const { connection } = lab.temporal;
  const encrypted = new Client({ connection, dataConverter: encrypting(text) });
  return new KeboolaClient({ client: encrypted, taskQueue: lab.taskQueue });
}

/** Starts a job that ends as told, whatever becomes of it. @returns its workflow id. */
async function begun(script: Record<string, unknown>, text: string): Promise<string> {
  const configData = { parameters: { sandbox: script } };
  const key = lab.unique('encrypted');
  return (await client(text).start({ component: 'keboola.ex-http', configData }, { key })).handle.workflowId;
}

async function restartWorker(env: Environment = {}): Promise<void> {
  await worker?.signal('SIGKILL').end();
  worker = await lab.startWorker(env);
}

it('one variable lets a worker and every command read and write what nobody else can read', async () => {
  const env = await withKeys(NEW);
  await restartWorker(env);
  await worker?.says('Payloads are encrypted with the key 2026, and decrypted with 2025 as well.');
  const failing = [
    ...lab.scripted({ ...QUICK, status: 'error', message: 'No such table.' }),
    '--key',
    lab.unique('failing'),
  ];
  const { code, stderr } = await lab.run(failing, env);
  expect(stderr).toContain('JobUserError: No such table.');
  expect(code).toBe(1);
  const slow = await begun(SLOW, NEW);
  await eventually(async () => expect((await lab.run(['status', slow], env)).stdout).toContain('processing'));
  for (const args of [['tree', slow], ['list'], ['logs', slow], ['components'], ['doctor']]) {
    const said = await lab.run(args, env);
    expect({ args, ...said }).toMatchObject({ args, code: 0 });
  }
  expect((await lab.run(['cancel', slow, '--no-wait'], env)).code).toBe(0);
  await eventually(async () => expect(await statusOf(slow)).toBe('CANCELLED'));
});

describe.concurrent('a client without the key', () => {
  beforeAll(async () => restartWorker(await withKeys(NEW)));

  it.each([
    ['no key at all', undefined, 'but this process has no keys'],
    ['another key', OTHERS, 'but this process has other keys: 2024'],
    ['another one of the same name', SAME_NAME, 'cannot be decrypted with it'],
  ])('that has %s is told the name of the key', async (_, text, problem) => {
    const workflowId = await begun(SLOW, NEW);
    const { code, stderr } = await lab.run(['status', workflowId], text === undefined ? {} : await withKeys(text));
    expect(stderr).toMatch(/^PayloadKeyError: A payload .* the key "2026"/m);
    expect(stderr).toContain(problem);
    expect(code).toBe(2);
    await lab.temporal.workflow.getHandle(workflowId).cancel();
  });

  it('lists and cancels all the same', async () => {
    const workflowId = await begun(SLOW, NEW);
    // Without a filter these are the newest of the whole server, on which other tests have theirs.
    const list = ['list', '--query', `TaskQueue = "${lab.taskQueue}"`, '--json'];
    await eventually(async () => expect((await lab.run(list)).stdout).toContain(workflowId));
    expect((await lab.run(['cancel', workflowId, '--no-wait'])).code).toBe(0);
    await eventually(async () => expect(await statusOf(workflowId)).toBe('CANCELLED'));
  });

  it('does not tell that a job has stopped which is left running, by its id or by a filter', async () => {
    const keboola = client(NEW);
    const { jobId } = await keboola.handle(await begun(SLOW, NEW)).created();
    const waitsAgain = async (): Promise<string> => {
      const { handle } = await keboola.startWait({ jobId });
      await handle.created();
      return handle.workflowId;
    };
    const byId = await lab.run(['cancel', await waitsAgain()]);
    expect(byId.stderr).toMatch(/^PayloadKeyError: A payload .* the key "2026"/m);
    expect({ ...byId, stdout: byId.stdout.includes('topped') }).toMatchObject({ code: 2, stdout: false });
    const workflowId = await waitsAgain();
    const query = `WorkflowId = "${workflowId}"`;
    await eventually(async () => expect(await keboola.list({ query, running: true })).toHaveLength(1));
    const byFilter = await lab.run(['cancel', '--query', query, '--yes', '--json']);
    const message = expect.stringContaining('the key "2026"') as string;
    expect(JSON.parse(byFilter.stdout)).toMatchObject({
      verdicts: [{ workflowId, verdict: 'not confirmed', message }],
    });
    expect(byFilter.code).toBe(8);
    expect(await lab.statusOf(jobId)).not.toMatch(/terminat|cancel/);
    await lab.run(['cancel', jobId, '--no-wait']);
  });

  it('does not tell that a pipeline has stopped of which it cannot read what has run', async () => {
    const job = { component: 'keboola.ex-http', configData: { parameters: { sandbox: SLOW } } };
    const pipeline = { name: lab.unique('unread'), phases: [{ name: 'all', tasks: [{ id: 'a', job }] }] };
    const { handle } = await client(NEW).startPipeline(pipeline);
    const { code, stderr } = await lab.run(['cancel', handle.workflowId]);
    expect(stderr).toMatch(/^PayloadKeyError: A payload .* the key "2026"/m);
    expect(code).toBe(2);
  });

  it('is told of the key, and of no other input, where it runs the same', async () => {
    const key = lab.unique('same');
    const run = [...lab.scripted(SLOW), '--key', key];
    const { handle } = await client(NEW).start(
      { component: 'keboola.ex-http', configData: { parameters: { sandbox: SLOW } } },
      { key },
    );
    const { code, stderr } = await lab.run(run);
    expect(stderr).toMatch(/^PayloadKeyError: A payload .* the key "2026"/m);
    expect(code).toBe(2);
    await handle.cancel();
  });
});

it.each([
  ['no key at all', undefined, 'but this process has no keys'],
  ['another key', OTHERS, 'but this process has other keys: 2024'],
  ['another one of the same name', SAME_NAME, 'cannot be decrypted with it'],
])(
  'a workflow whose worker has %s waits for one with the key, says so, and can be cancelled',
  async (_, text, problem) => {
    await restartWorker(text === undefined ? {} : await withKeys(text));
    const [goesOn, cancelled] = [await begun(QUICK, NEW), await begun(QUICK, NEW)];
    await eventually(async () => {
      const { stdout } = await lab.run(['doctor'], text === undefined ? {} : await withKeys(text));
      for (const id of [goesOn, cancelled]) expect(stdout).toContain(id);
      expect(stdout).toMatch(/the key "2026"/);
      expect(stdout).toContain(problem);
    });
    await lab.temporal.workflow.getHandle(cancelled).cancel();
    await eventually(async () => expect(await statusOf(cancelled)).toBe('CANCELLED'));
    expect(await statusOf(goesOn)).toBe('RUNNING');
    await restartWorker(await withKeys(NEW));
    await eventually(async () => expect(await statusOf(goesOn)).toBe('COMPLETED'));
  },
);

it('workflows of before are read and end where nothing is encrypted any more', async () => {
  await restartWorker(await withKeys(NEW));
  const env = await withKeys(READ_ONLY);
  const before = await begun({ durationSeconds: 3_600 }, NEW);
  await eventually(async () => expect((await lab.run(['status', before], env)).stdout).toContain('processing'));
  await restartWorker(env);
  await worker?.says('New payloads are not encrypted; older ones are decrypted with 2025, 2026.');
  lab.sandbox.clock.advance(3_600_000);
  await eventually(async () => expect(await statusOf(before)).toBe('COMPLETED'));
  expect((await lab.run(['status', before], env)).stdout).toContain('success');
  const key = lab.unique('plain');
  const { code, stdout } = await lab.run([...lab.scripted(QUICK), '--key', key], env);
  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(await historyText(lab.temporal, lab.scriptedId(key))).not.toContain('binary/encrypted');
});

it('a file of keys that is broken ends every command at once', async () => {
  const env = await withKeys('{"encryptWith": "2026", "keys": {"2026": "short"}}');
  for (const command of [['worker'], ['list'], ['doctor']]) {
    const { code, stderr } = await lab.run(command, env);
    expect(stderr).toMatch(
      /^SettingsError: Payload keys: .* has an invalid key "2026"; a key is 32 random bytes as base64/,
    );
    expect(code).toBe(2);
  }
});
