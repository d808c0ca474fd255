import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closedPort } from '../support/broken-servers.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { CLI } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';

let lab: CliLab;

/** Its worker serves a project of each API; the shell of the commands knows no Keboola. */
beforeAll(async () => {
  lab = await openCliLab();
  const file = join(await tempFolder(), 'connections.json');
  const finance = { url: lab.sandbox.url, tokenEnv: 'FINANCE' };
  const connections = { finance, unfenced: { ...finance, createFence: 'none' } };
  await writeFile(file, JSON.stringify({ connections }));
  await lab.startWorker({ KBC_CONNECTIONS_FILE: file, FINANCE: '5555-1-queue' });
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

const VARIABLES = { values: [{ name: 'day', value: '1' }] };

describe.concurrent('`run --dry-run`', () => {
  it('prints the request without token, and needs neither Temporal nor Keboola: it says what it has assumed', async () => {
    const env = {
      TEMPORAL_ADDRESS: `127.0.0.1:${await closedPort()}`,
      KBC_URL: `http://127.0.0.1:${await closedPort()}`,
      KBC_TOKEN: CANARY_TOKEN,
      KBC_RUNID: '123.456',
    };
    const { code, stdout } = await lab.run(['run', 'keboola.ex-http', 'success', '--dry-run', '--json'], env);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      workflow: { type: 'runJob', id: 'keboola/default/keboola.ex-http/success', taskQueue: lab.taskQueue },
      api: {
        name: 'Queue v2',
        how: 'assumed',
        why: expect.stringMatching(
          /today's projects .* --api syrup\|queue\. No worker could tell: .*Temporal/,
        ) as string,
      },
      request: {
        method: 'POST',
        path: '/jobs',
        headers: { 'X-KBC-RunId': expect.stringMatching(/^123\.456\.9\d{14}$/) as string },
        body: { component: 'keboola.ex-http', config: 'success' },
      },
    });
    expect(stdout).not.toContain(CANARY_TOKEN);
  });

  it.each([
    ['default', 'Syrup', 'Tutorial (1134)', '/docker/keboola.ex-http/run'],
    ['finance', 'Queue v2', 'Queue (5555)', '/jobs'],
  ])(
    'shows the request to the API that a worker knows of the project: %s is on %s',
    async (name, api, project, path) => {
      const { code, stdout } = await lab.run(['-c', name, 'run', 'keboola.ex-http', 'success', '--dry-run']);
      expect(code).toBe(0);
      expect(stdout).toContain(
        `\napi       ${api}: project ${project} is on it, says the worker\nrequest   POST ${path}\n`,
      );
    },
  );

  it('tells why a worker could not say it: it does not know the connection', async () => {
    const { code, stdout } = await lab.run(['-c', 'none', 'run', 'keboola.ex-http', 'success', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^api {7}Queue v2: assumed, .* No worker could tell: .*"none"/m);
  });

  it.each([
    [
      'syrup',
      '/docker/branch/77/keboola.ex-http/run/tag/1.2.3',
      { config: 'success', row: '7', variableValuesData: VARIABLES },
    ],
    [
      'queue',
      '/jobs',
      {
        component: 'keboola.ex-http',
        config: 'success',
        configRowIds: ['7'],
        tag: '1.2.3',
        branchId: '77',
        variableValuesData: VARIABLES,
      },
    ],
  ])('shows where row, tag, branch and variables go by %s', async (api, path, body) => {
    const what = ['--row', '7', '--tag', '1.2.3', '--variables', JSON.stringify(VARIABLES), '--queue-timeout', '90s'];
    const args = ['run', 'keboola.ex-http', 'success', ...what, '--dry-run', '--api', api, '--json'];
    const { code, stdout } = await lab.run(args, { KBC_BRANCH_ID: '77' });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      workflow: { id: 'keboola/default/keboola.ex-http/success;branch=77;row=7', input: { queueTimeout: '90s' } },
      api: { how: 'chosen' },
      request: { path, body },
    });
  });

  it('shows a debug run, and says what a native application would be refused', async () => {
    const onSyrup = ['--dry-run', '--api', 'syrup'];
    const docker = await lab.run(['run', 'keboola.ex-http', 'success', '--branch', '7', '--debug', ...onSyrup]);
    expect(docker.stdout).toContain('request   POST /docker/branch/7/keboola.ex-http/debug\n');
    const native = await lab.run(['run', 'ex-db', 'sampledatabase', '--debug', ...onSyrup]);
    expect(native.code).toBe(0);
    expect(native.stdout).toContain('If the guess is right, the worker refuses this: mode: "debug" is for docker');
  });

  it.each([
    [[], undefined],
    [['--parent-run-id', '123.456'], '123.456'],
  ])(
    'shows that a flow of Queue v2 carries no fence of ours, unless its connection says otherwise: %j',
    async (parent, header) => {
      const flow = ['run', 'keboola.flow', 'daily', ...parent, '--dry-run', '--api', 'queue', '--json'];
      const { stdout } = await lab.run(flow);
      const { request, fence, notes } = JSON.parse(stdout) as {
        request: { headers: object };
        fence: object;
        notes: string[];
      };
      expect(request.headers).toEqual({
        'X-StorageApi-Token': '(of the worker)',
        ...(header && { 'X-KBC-RunId': header }),
      });
      expect(notes).toEqual([
        `The job carries no fence (createFence "none"): ${header ? 'X-KBC-RunId is the parent run id alone' : 'no X-KBC-RunId is sent'}.`,
        'Keboola was not asked: whether it has this component and configuration shows when the job is created.',
      ]);
      const why = 'the default, unless the connection says otherwise';
      expect(fence).toMatchObject({ way: 'none', by: 'default', why });
    },
  );

  it('says that Syrup knows no creation without a fence', async () => {
    const unfenced = ['run', 'keboola.ex-http', 'success', '--create-fence', 'none', '--dry-run', '--api', 'syrup'];
    const { code, stdout } = await lab.run(unfenced);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^The worker refuses this: createFence: "none" does not exist on Syrup, on which this project runs its jobs; use "run-id"/m,
    );
    expect(stdout).not.toContain('X-KBC-RunId');
  });

  it.each([
    ['default', [], /^fence {5}run-id: the only way there; if the answer is lost, the job is found for certain/m],
    ['finance', [], /^fence {5}run-id: the default; if the answer is lost, the job is found for certain/m],
    [
      'unfenced',
      [],
      /^fence {5}none: as the connection says; if the answer is lost, the job is looked for by what it is/m,
    ],
    ['unfenced', ['--create-fence', 'variable'], /^fence {5}variable: as the input says; .* where Keboola keeps it$/m],
  ])('names the fence in force, who says so, and what it proves: %s %j', async (name, choice, line) => {
    const { stdout } = await lab.run(['-c', name, 'run', 'keboola.ex-http', 'success', ...choice, '--dry-run']);
    expect(stdout).toMatch(line);
    expect(stdout.includes('X-KBC-RunId: ')).toBe(stdout.includes('fence     run-id'));
  });

  it('shows values of variables as the worker sends them, though the fence was to be one', async () => {
    const wanted = ['--create-fence', 'variable', '--variables', JSON.stringify(VARIABLES)];
    const { stdout } = await lab.run(['-c', 'finance', 'run', 'keboola.ex-http', 'success', ...wanted, '--dry-run']);
    expect(stdout).toMatch(/^fence {5}run-id: in place of "variable", which the input says; /m);
    expect(stdout).toMatch(/^createFence is "variable", and "run-id" is used: the configuration may have variables/m);
    expect(stdout).toMatch(/^ +X-KBC-RunId: 9\d{14}$/m);
    expect(stdout).toContain(`"variableValuesData":${JSON.stringify(VARIABLES)}`);
  });

  it('says what Queue v2 would ignore, and that --api means nothing without it', async () => {
    const ignored = await lab.run(['run', 'ex-db', '--params', '{"a":1}', '--dry-run', '--api', 'queue']);
    expect(ignored.stdout).toMatch(/^The worker refuses this: params: /m);
    expect(ignored.code).toBe(2);
    const alone = await lab.run(['run', 'keboola.ex-http', 'success', '--api', 'queue']);
    expect(alone).toMatchObject({ code: 2, stderr: expect.stringContaining('--api is for --dry-run') as string });
  });

  it('is no refusal of what Queue v2 would ignore where nobody could tell that the project is on it', async () => {
    const env = { TEMPORAL_ADDRESS: `127.0.0.1:${await closedPort()}` };
    const { code, stdout } = await lab.run(['run', 'ex-db', '--params', '{"a":1}', '--dry-run'], env);
    expect(stdout).toContain('\nIf the project is on Queue v2, the worker refuses this: params: ');
    expect(code).toBe(0);
  });

  it('does not mind that nobody reads what it prints', async () => {
    const line = '"$0" "$1" run ex-db x --dry-run --api queue | true';
    const { code, stderr } = await lab.processes.start('sh', ['-c', line, execPath, CLI]).end();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
