import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startDevServer, type DevServer } from '../../src/dev/dev-server.js';
import { SEARCH_ATTRIBUTES } from '../../src/job/search-attributes.js';
import { closedPort } from '../support/broken-servers.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import type { Environment } from '../support/processes.js';
import { eventually } from '../support/eventually.js';
import { required } from '../support/required.js';
import { tempFolder } from '../support/temp-folder.js';

interface Finding {
  check: string;
  ok: boolean;
  detail: string;
  advice?: string;
}

let lab: CliLab;
/** Without our search attributes. */
let fresh: DevServer;

beforeAll(async () => {
  const { cli } = required(inject('devServer'));
  [lab, fresh] = await Promise.all([openCliLab(), startDevServer({ cli, headless: true, searchAttributes: {} })]);
  await lab.startWorker();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
  await fresh.stop();
});

async function examined(env: Environment): Promise<{ code: number | null; findings: Record<string, Finding> }> {
  const { code, stdout } = await lab.run(['doctor', '--json'], env);
  const list = JSON.parse(stdout) as Finding[];
  return { code, findings: Object.fromEntries(list.map((finding) => [finding.check, finding])) };
}

const KEBOOLA = 'Keboola, connection default';

/** What `doctor` says of a worker with this environment; the shell of `doctor` knows nothing of Keboola. */
async function examinedWith(env: Environment): ReturnType<typeof examined> {
  const KEBOOLA_TASK_QUEUE = lab.unique('doctor');
  await lab.startWorker({ ...env, KEBOOLA_TASK_QUEUE });
  return await examined({ KEBOOLA_TASK_QUEUE });
}

describe.concurrent('`doctor`', () => {
  it('leaves with 0 in a shell that knows no Keboola, and tells what the worker serves', async () => {
    const { code, stdout } = await lab.run(['doctor']);
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^ok {4}Temporal: server \S+, namespace default$/),
      expect.stringMatching(
        new RegExp(`^ok {4}Worker: \\d+@\\S+ answers on task queue ${lab.taskQueue}; connections: default$`),
      ),
      expect.stringMatching(
        new RegExp(`^ok {4}${KEBOOLA}: project Tutorial \\(1134\\) on Syrup at ${lab.sandbox.url}, token "`),
      ),
      'ok    Search attributes: all registered',
      expect.stringMatching(
        /^ok {4}Workflows: none of \d+ running workflows? is stuck( \(\d+ of them only watching a project for the ends of jobs\))?$/,
      ),
    ]);
    expect(code).toBe(0);
  });

  it('believes the worker, and not a shell that has another Keboola', async () => {
    const { code, findings } = await examined({ KBC_URL: 'http://127.0.0.1:1', KBC_TOKEN: '1-1-strangestrange' });
    expect(findings[KEBOOLA]).toMatchObject({ ok: true });
    expect(code).toBe(0);
  });

  it('says that no worker answers where one has gone a moment ago, and looks at the Keboola of the shell then', async () => {
    const KEBOOLA_TASK_QUEUE = lab.unique('gone');
    const worker = await lab.startWorker({ KEBOOLA_TASK_QUEUE });
    worker.signal('SIGKILL');
    await worker.end();
    const keboola = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN };
    const { code, findings } = await examined({ ...keboola, KEBOOLA_TASK_QUEUE });
    expect(code).toBe(7);
    expect(findings['Worker']).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/start one with .*worker/) as string,
    });
    expect(findings['Worker']).not.toHaveProperty('advice');
    expect(findings[KEBOOLA]).toMatchObject({
      ok: true,
      detail: expect.stringContaining('by the settings of this shell') as string,
    });
  });

  it('says how to renew a token that Keboola refuses to the worker', async () => {
    const { code, findings } = await examinedWith({ KBC_TOKEN: '1134-1-expiredexpired' });
    expect(code).toBe(1);
    expect(findings['Worker']).toMatchObject({ ok: true });
    expect(findings[KEBOOLA]?.detail).toMatch(/answered 401/);
    expect(findings[KEBOOLA]?.advice).toContain('Make a new Storage token in Keboola');
  });

  it('names the file of a token, where the worker has it from one', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'token'), '1134-1-expiredexpired');
    const connections = { finance: { url: lab.sandbox.url, tokenFile: 'token' } };
    await writeFile(join(folder, 'connections.json'), JSON.stringify({ connections }));
    const { findings } = await examinedWith({ KBC_CONNECTIONS_FILE: join(folder, 'connections.json') });
    expect(findings['Keboola, connection finance']?.advice).toContain('Write it into the file token.');
    expect(findings[KEBOOLA]).toMatchObject({ ok: true });
  });

  it('says which API a project is on', async () => {
    const { code, findings } = await examinedWith({ KBC_TOKEN: '4444-1-queuev2' });
    expect(code).toBe(0);
    expect(findings[KEBOOLA]?.detail).toContain('project Migrated (4444) on Queue v2 at http');
    expect(findings[KEBOOLA]).not.toHaveProperty('advice');
  });

  it('names the limit of a project, and warns of a token by which no job can be run there', async () => {
    const KEBOOLA_TASK_QUEUE = lab.unique('reader');
    await lab.startWorker({ KBC_TOKEN: '5555-2-readonly', KEBOOLA_TASK_QUEUE });
    const { code, stdout } = await lab.run(['doctor'], { KEBOOLA_TASK_QUEUE });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `^warn {2}${KEBOOLA}: project Queue \\(5555\\) on Queue v2 at .*, token ".*", 10 jobs at a time, .*\n {6}A user of role`,
        'm',
      ),
    );
  });

  it('fails where a connection chooses a way to tell creations apart that its project does not have', async () => {
    const file = join(await tempFolder(), 'connections.json');
    const connections = { unfenced: { url: lab.sandbox.url, tokenEnv: 'KBC_OF_IT', createFence: 'none' } };
    await writeFile(file, JSON.stringify({ connections }));
    const { code, findings } = await examinedWith({ KBC_CONNECTIONS_FILE: file, KBC_OF_IT: CANARY_TOKEN });
    expect(code).toBe(1);
    expect(findings['Keboola, connection unfenced']).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^project Tutorial .*; but createFence .*"none" does not exist on Syrup/) as string,
      advice: expect.stringContaining('Correct "createFence" of the connection') as string,
    });
    expect(findings[KEBOOLA]).toMatchObject({ ok: true });
  });

  it('fails where two workers of one task queue serve a connection as different projects', async () => {
    const KEBOOLA_TASK_QUEUE = lab.unique('two');
    const first = await lab.startWorker({ KEBOOLA_TASK_QUEUE });
    const second = lab.start(['worker'], {
      KBC_URL: lab.sandbox.url,
      KBC_TOKEN: '4444-1-queuev2',
      KEBOOLA_TASK_QUEUE,
    });
    await second.says(
      new RegExp(
        `\\[WARN\\] Another worker of task queue "${KEBOOLA_TASK_QUEUE}" \\(${first.pid}@.* serves connection "default" ` +
          'as project 1134 at \\S+, this one as 4444 at \\S+: a job may run in either\\.',
      ),
    );
    const { code, stdout } = await lab.run(['doctor'], { KEBOOLA_TASK_QUEUE });
    expect(stdout).toMatch(
      /FAIL {2}Workers of one task queue: connection "default" leads to project .*, project .*: a job may run in either\n {6}Give one/,
    );
    expect(stdout.match(/^ok {4}Keboola, connection default: project/gm)).toHaveLength(2);
    expect(code).toBe(1);
  });

  it('hears a worker by the name that it has among those that ask for work, with one question', async () => {
    const env = { KEBOOLA_TASK_QUEUE: lab.unique('named'), KEBOOLA_WORKER_IDENTITY: 'keboola-worker-7d9f' };
    await lab.startWorker(env);
    const { code, stdout } = await lab.run(['doctor'], env);
    expect(stdout).toMatch(/^ok {4}Worker: keboola-worker-7d9f answers on task queue named-/m);
    expect(stdout).not.toContain('did not answer');
    expect(code).toBe(0);
    await eventually(async () => {
      const { count } = await lab.temporal.workflow.count(`TaskQueue = "${env.KEBOOLA_TASK_QUEUE}"`);
      expect(count).toBe(1);
    });
  });

  it('says which setting to check when Keboola does not answer', async () => {
    const { code, findings } = await examinedWith({ KBC_URL: `http://127.0.0.1:${await closedPort()}` });
    expect(code).toBe(7);
    expect(findings[KEBOOLA]).toMatchObject({
      ok: false,
      advice: expect.stringContaining('KBC_URL') as string,
    });
  });

  it('leaves with 7 when Temporal does not answer, and looks at the Keboola of the shell all the same', async () => {
    const keboola = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN };
    const { code, findings } = await examined({ ...keboola, TEMPORAL_ADDRESS: `127.0.0.1:${await closedPort()}` });
    expect(code).toBe(7);
    expect(Object.keys(findings)).toEqual(['Temporal', KEBOOLA]);
    expect(findings['Temporal']?.detail).toContain('Start everything on this machine with `keboola-temporal dev`');
    expect(findings[KEBOOLA]).toMatchObject({ ok: true });
  });

  it('tells a namespace that does not exist from a server that does not answer', async () => {
    const { code, findings } = await examined({ TEMPORAL_NAMESPACE: 'nowhere' });
    expect(code).toBe(2);
    expect(findings['Temporal']).toMatchObject({
      ok: false,
      detail: expect.stringContaining('has no namespace "nowhere". Set TEMPORAL_NAMESPACE') as string,
    });
  });
});

describe('`setup` on a server that knows nothing of us', () => {
  it('registers what `doctor` misses, once', async () => {
    const env = { TEMPORAL_ADDRESS: fresh.address };
    const before = await examined(env);
    expect(before.findings['Search attributes']).toMatchObject({
      ok: false,
      detail: `not registered: ${SEARCH_ATTRIBUTES.join(', ')}`,
      advice: expect.stringMatching(
        /^Jobs still run without them, .* Register them with `keboola-temporal setup`\.$/,
      ) as string,
    });
    const first = await lab.run(['setup', '--json'], env);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ added: SEARCH_ATTRIBUTES });
    await eventually(async () =>
      expect((await examined(env)).findings['Search attributes']).toMatchObject({ ok: true }),
    );
    const second = await lab.run(['setup'], env);
    expect(second).toMatchObject({ code: 0, stdout: 'All search attributes are registered already.\n' });
  });
});
