import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { ends } from '../dev/processes.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { descendants } from '../support/descendants.js';
import { required } from '../support/required.js';
import { tempFolder } from '../support/temp-folder.js';

const { cli: TEMPORAL_CLI_PATH, address } = required(inject('devServer'));
const busyPort = address.split(':')[1] ?? '';

let lab: CliLab;

beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  expect(await lab.close()).toBe(0);
});

async function freePorts(): Promise<string[]> {
  const [port, uiPort, sandboxPort] = [await freePort(), await freePort(), await freePort()];
  return ['--port', `${port}`, '--ui-port', `${uiPort}`, '--sandbox-port', `${sandboxPort}`];
}

describe.concurrent('`dev`', () => {
  it('prints where everything is, runs a job by both job APIs, and leaves no process behind after Ctrl-C', async () => {
    const ports = await freePorts();
    const dev = lab.start(['dev', ...ports, '--speed', '10'], { TEMPORAL_CLI_PATH });
    await dev.says('Ctrl-C stops everything.');
    expect(dev.stdout).toContain(`Temporal   127.0.0.1:${ports[1]}, task queue ${lab.taskQueue}`);
    expect(dev.stdout).toContain(`Web UI     http://127.0.0.1:${ports[3]}`);
    expect(dev.stdout).toContain(`sandbox at http://127.0.0.1:${ports[5]}, token 1134-53044-sandbox`);
    expect(dev.stdout).toContain(
      `  TEMPORAL_ADDRESS=127.0.0.1:${ports[1]} KEBOOLA_TASK_QUEUE=${lab.taskQueue} npx --no-install keboola-temporal run keboola.ex-http success\n`,
    );
    expect(dev.stdout).toMatch(/-c queue run keboola\.ex-http success +# on Queue v2/);
    const here = { TEMPORAL_ADDRESS: `127.0.0.1:${ports[1]}` };
    const [onSyrup, onQueue] = await Promise.all([
      lab.run(['run', 'ex-db', 'sampledatabase', '--json'], here),
      lab.run(['-c', 'queue', 'run', 'keboola.ex-http', 'success', '--json'], here),
    ]);
    expect([onSyrup, onQueue]).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(JSON.parse(onQueue.stdout)).toMatchObject({ page: expect.stringContaining('/projects/5555/') as unknown });
    const family = descendants(dev.pid);
    expect(family.length).toBeGreaterThanOrEqual(2);
    expect(await dev.signal('SIGINT').end()).toMatchObject({ code: 0, signal: null });
    for (const pid of family) expect(await ends(pid)).toBe(true);
  });

  it('of a project that is real names no configuration of the sandbox, but how to find one', async () => {
    const ports = (await freePorts()).slice(0, 4);
    const project = { KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN, KEBOOLA_TASK_QUEUE: lab.unique('dev') };
    const dev = lab.start(['dev', ...ports], { TEMPORAL_CLI_PATH, ...project });
    await dev.says('Ctrl-C stops everything.');
    const here = `TEMPORAL_ADDRESS=127.0.0.1:${ports[1]} KEBOOLA_TASK_QUEUE=${project.KEBOOLA_TASK_QUEUE} npx --no-install keboola-temporal`;
    expect(dev.stdout).toContain(`  ${here} components --configurations\n  ${here} run COMPONENT CONFIG\n`);
    expect(dev.stdout).toContain(`--input '{"component":"COMPONENT","config":"CONFIG"}'`);
    expect(dev.stdout).not.toMatch(/sandbox|-c queue/);
    const there = { TEMPORAL_ADDRESS: `127.0.0.1:${ports[1]}`, KEBOOLA_TASK_QUEUE: project.KEBOOLA_TASK_QUEUE };
    expect((await lab.run(['components', '--configurations'], there)).stdout).toContain('sampledatabase');
    expect(await dev.signal('SIGINT').end()).toMatchObject({ code: 0, signal: null });
  });

  it('names the project that it has reached, or says why it cannot', async () => {
    const here = async (KBC_TOKEN: string): Promise<string> => {
      const ports = (await freePorts()).slice(0, 4);
      const env = { KBC_URL: lab.sandbox.url, KBC_TOKEN, KEBOOLA_TASK_QUEUE: lab.unique('dev') };
      const dev = lab.start(['dev', ...ports], { TEMPORAL_CLI_PATH, ...env });
      await dev.says('Ctrl-C stops everything.');
      await dev.signal('SIGINT').end();
      return dev.stdout;
    };
    const [good, bad] = await Promise.all([here(CANARY_TOKEN), here('1134-1-strange')]);
    expect(good).toContain(`\nKeboola    project Tutorial (1134) on Syrup at ${lab.sandbox.url}, token "`);
    expect(bad).toContain(
      `\nKeboola    cannot be used at ${lab.sandbox.url}: GET /v2/storage/tokens/verify answered 401`,
    );
  });

  it.each([
    ['a missing one', '', 'Connection "default" has no Storage token. Set KBC_TOKEN.'],
    ['a programmatic one', 'kbc_pat_secretSecret', 'is a programmatic one (kbc_pat_…)'],
  ])('starts nothing with a token by which nobody can run jobs: %s', async (_, KBC_TOKEN, words) => {
    const env = { KBC_URL: lab.sandbox.url, KBC_TOKEN };
    const { code, stdout, stderr } = await lab.run(['dev', ...(await freePorts()).slice(0, 4)], env);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(`SettingsError: `)]);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('secretSecret');
  });

  it('says that a token without an address leads to the sandbox', async () => {
    const dev = lab.start(['dev', ...(await freePorts())], { TEMPORAL_CLI_PATH, KBC_STORAGE_API_TOKEN: CANARY_TOKEN });
    await dev.says('KBC_STORAGE_API_TOKEN is set without KBC_URL: this Keboola is the sandbox, not your project.');
    expect(dev.stdout).toContain('Keboola    sandbox at');
    expect(await dev.signal('SIGINT').end()).toMatchObject({ code: 0, signal: null });
  });

  it('of several projects names the first one where none is the default, and a task queue as the shell takes it', async () => {
    const ports = (await freePorts()).slice(0, 4);
    const file = join(await tempFolder(), 'connections.json');
    await writeFile(file, JSON.stringify({ connections: { finance: { url: lab.sandbox.url, tokenEnv: 'FINANCE' } } }));
    const env = { KBC_CONNECTIONS_FILE: file, FINANCE: CANARY_TOKEN, KEBOOLA_TASK_QUEUE: `my ${lab.unique('dev')}` };
    const dev = lab.start(['dev', ...ports], { TEMPORAL_CLI_PATH, ...env });
    await dev.says('Ctrl-C stops everything.');
    const here = `KEBOOLA_TASK_QUEUE='${env.KEBOOLA_TASK_QUEUE}' npx --no-install keboola-temporal -c finance`;
    expect(dev.stdout).toContain(` ${here} components --configurations\n`);
    expect(dev.stdout).toContain(` ${here} run COMPONENT CONFIG\n`);
    expect(dev.stdout).toContain(`--task-queue '${env.KEBOOLA_TASK_QUEUE}' `);
    expect(dev.stdout).toContain(`"config":"CONFIG","connection":"finance"}'`);
    expect(await dev.signal('SIGINT').end()).toMatchObject({ code: 0, signal: null });
  });

  it('leaves no process behind when it is killed with -9', async () => {
    const dev = lab.start(['dev', ...(await freePorts())], { TEMPORAL_CLI_PATH });
    await dev.says('Ctrl-C stops everything.');
    const family = descendants(dev.pid);
    expect(family.length).toBeGreaterThanOrEqual(2);
    await dev.signal('SIGKILL').end();
    for (const pid of family) expect(await ends(pid)).toBe(true);
  });

  it.each([
    ['--port', 'likely by another Temporal server'],
    ['--sandbox-port', 'likely by another sandbox'],
  ])('names a busy port and the option %s, with 2', async (option, who) => {
    const ports = await freePorts();
    ports[ports.indexOf(option) + 1] = busyPort;
    const { code, stderr } = await lab.run(['dev', ...ports], { TEMPORAL_CLI_PATH });
    expect(code).toBe(2);
    expect(stderr).toContain(`PortInUseError: port ${busyPort} is in use, ${who}; stop it or pass ${option}`);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it.each([
    [['--port', '8233'], '--port and --ui-port are both 8233'],
    [['--ui-port', '8787'], '--ui-port and --sandbox-port are both 8787'],
    [['--port', '15000', '--sandbox-port', '15000'], '--port and --sandbox-port are both 15000'],
  ])('refuses %j before it starts anything: one port is for one server', async (args, words) => {
    const { code, stderr } = await lab.run(['dev', ...args], { TEMPORAL_CLI_PATH: '/bin/false' });
    expect([code, stderr]).toEqual([2, `UsageError: ${words}; give each a port of its own.\n`]);
  });

  it('takes port 0 for any that is free', async () => {
    const args = ['dev', '--json', '--port', '0', '--ui-port', '0', '--sandbox-port', '0'];
    const dev = lab.start(args, { TEMPORAL_CLI_PATH });
    await dev.says(/\}\n/);
    const { temporalAddress, sandbox } = JSON.parse(dev.stdout) as {
      temporalAddress: string;
      sandbox: { url: string };
    };
    expect(temporalAddress).toMatch(/^127\.0\.0\.1:[1-9]/);
    expect((await fetch(`${sandbox.url}/v2/storage`)).ok).toBe(true);
    expect(await dev.signal('SIGINT').end()).toMatchObject({ code: 0 });
  });

  it.each(['--sandbox-port', '--speed'])(
    'refuses %s where a Keboola is set, since no sandbox is started then',
    async (option) => {
      const keboola = { KBC_URL: 'https://connection.keboola.com', KBC_TOKEN: '1-2-abc' };
      const { code, stderr } = await lab.run(['dev', option, '9787'], { TEMPORAL_CLI_PATH, ...keboola });
      expect([code, stderr]).toEqual([2, expect.stringContaining(`${option} is for the sandbox, and none is started`)]);
      expect(stderr).toContain('the settings lead to https://connection.keboola.com');
    },
  );

  it('tells what a Temporal binary said that does not start, with 7', async () => {
    const { code, stderr } = await lab.run(['dev', ...(await freePorts())], { TEMPORAL_CLI_PATH: '/bin/false' });
    expect(code).toBe(7);
    expect(stderr).toMatch(/^(ServerBinaryError|ServerStartError): .*TEMPORAL_CLI_PATH|\/bin\/false/m);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe.concurrent('`sandbox`', () => {
  it('prints one line of JSON when it answers, and ends with 0 at Ctrl-C', async () => {
    const sandbox = lab.start(['sandbox', '--port', '0']);
    await sandbox.says(/\}\n/);
    const { url, token } = JSON.parse(sandbox.stdout) as { url: string; token: string };
    const answer = await fetch(`${url}/v2/storage/tokens/verify`, { headers: { 'x-storageapi-token': token } });
    expect(answer.status).toBe(200);
    expect(await sandbox.signal('SIGINT').end()).toMatchObject({ code: 0 });
  });

  it.each([
    [
      'a busy port',
      ['--port', busyPort],
      `port ${busyPort} is in use, likely by another sandbox; stop it or pass --port`,
    ],
    ['a host of another machine', ['--port', '0', '--host', '192.0.2.1'], 'Cannot listen on 192.0.2.1:0'],
    ['a missing fixture', ['--port', '0', '--fixture', '/none.json'], 'SandboxInputError: Fixture file /none.json'],
  ])('says what is wrong with %s, with 2', async (_, args, message) => {
    const { code, stderr } = await lab.run(['sandbox', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});
