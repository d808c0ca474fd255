import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/operate/connect.js';
import type { TemporalSettings } from '../../src/temporal/profile.js';
import { closedPort } from '../support/broken-servers.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { relay } from '../support/relay.js';
import type { AtEnd } from '../support/tls-front.js';

/** Longer than one look of ours waits, and than the SDK does by itself. */
const SILENT_MS = 6_500;
/** A busy machine may let the moment go by in which a server is to begin. */
const TRIES_MAX = 5;

let lab: CliLab;

// No worker in this lab but where a test starts one.
beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

// The slowest first: as many as five run at a time.
describe.concurrent('nobody who does the work', () => {
  it('is told by `run` and by `status` when no worker is there', async () => {
    const key = lab.unique('alone');
    const taskQueue = lab.unique('nobody');
    const run = lab.start([...lab.scripted({}), '--key', key], { KEBOOLA_TASK_QUEUE: taskQueue });
    await run.says('Started');
    const [{ code, stdout }] = await Promise.all([
      lab.run(['status', lab.scriptedId(key)]),
      run.says(`no worker answers on task queue "${taskQueue}" of namespace "default"; start one with`),
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('workflow running');
    expect(stdout).toContain(`no worker answers on task queue "${taskQueue}"`);
    await run.signal('SIGTERM').end();
    await lab.temporal.workflow.getHandle(lab.scriptedId(key)).terminate();
  });

  it('is told by `run`, by `status` and by a question when Keboola cannot be reached, and nothing is created then', async () => {
    const keboola = `http://127.0.0.1:${await closedPort()}`;
    await lab.startWorker({ KBC_URL: keboola });
    const key = lab.unique('silent');
    const run = lab.start([...lab.scripted({}), '--key', key]);
    const reason = new RegExp(`preparing · No job yet; asking again in .*: GET /v2/storage.*: cannot reach ${keboola}`);
    await run.says(reason);
    const { stdout } = await lab.run(['status', lab.scriptedId(key)]);
    expect(stdout).toMatch(reason);
    const question = lab.start(['components']);
    await question.says(`cannot reach ${keboola}`);
    await question.signal('SIGTERM').end();
    const canceled = await lab.run(['cancel', lab.scriptedId(key)]);
    expect(canceled).toMatchObject({ code: 0, stdout: 'Stopped before a job was created.\n' });
    const { code, stderr } = await run.end();
    expect(code).toBe(4);
    expect(stderr).toContain('Canceled before a job was created.');
  });
});

describe.concurrent('Temporal that cannot be reached', () => {
  it('is waited for where it takes connections and says nothing for seconds, as on a busy machine', async ({
    onTestFinished,
  }) => {
    const late = (socket: Socket): void => void setTimeout(() => relay(socket, lab.address), SILENT_MS);
    const port = await listenInFront(0, late, onTestFinished);
    const connection = await connect(settingsFor(port));
    await connection.close();
  });

  it.each([[['run', 'ex-db', 'sampledatabase']], [['status', '1']]])(
    'ends %j with 7, and says how to start one',
    async (args) => {
      const address = `127.0.0.1:${await closedPort()}`;
      const { code, stderr } = await lab.processes.cli(args, { TEMPORAL_ADDRESS: address }).end();
      expect(code).toBe(7);
      expect(stderr).toContain(`Cannot reach Temporal at ${address}`);
      expect(stderr).toContain(
        'Start everything on this machine with `npx --no-install keboola-temporal dev`, or set TEMPORAL_ADDRESS.',
      );
      expect(stderr.trim().split('\n')).toHaveLength(1);
    },
  );

  it.each<[string, (socket: Socket) => void]>([
    ['greets as SSH does', (socket) => void socket.write('SSH-2.0-OpenSSH_9.6\r\n')],
    ['answers as Redis does', (socket) => void socket.on('data', () => socket.write('-ERR unknown command\r\n'))],
    ['says after us what we say', (socket) => void socket.pipe(socket)],
    ['answers with a single byte', (socket) => void socket.once('data', () => socket.write('E'))],
  ])('is told in one line from a server that %s, before our patience is over', async (_, speak) => {
    const address = `127.0.0.1:${await listenInFront(0, speak)}`;
    const startedMs = performance.now();
    const { code, stderr } = await lab.run(['list'], { TEMPORAL_ADDRESS: address });
    expect(stderr).toBe(
      `TemporalUnreachable: Cannot reach Temporal at ${address}: another kind of server answers there, not Temporal. ` +
        "Set TEMPORAL_ADDRESS to the address of Temporal's gRPC, mostly at port 7233.\n",
    );
    expect(code).toBe(7);
    // The SDK alone tries for 15 s.
    expect(performance.now() - startedMs).toBeLessThan(12_000);
  });

  it('is not looked for behind a proxy when it is on this machine', async () => {
    const proxy = `http://127.0.0.1:${await closedPort()}`;
    const { code, stderr } = await lab.run(['list', '--component', 'nobody.has-it'], {
      HTTPS_PROXY: proxy,
      https_proxy: proxy,
      HTTP_PROXY: proxy,
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('is told from one that has no such namespace, which is a mistake of the settings', async () => {
    const { code, stderr } = await lab.run(['run', 'ex-db', 'sampledatabase'], { TEMPORAL_NAMESPACE: 'nowhere' });
    expect(code).toBe(2);
    expect(stderr).toContain(`Temporal at ${lab.address} has no namespace "nowhere"`);
  });

  it('is not even looked for with settings that cannot be read', async () => {
    const { code, stderr } = await lab.run(['list'], { TEMPORAL_PROFILE: 'nowhere' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^SettingsError: Profile 'nowhere' .* not found .*\n$/);
  });
});

describe('Temporal on this machine that is not there yet', () => {
  it('is used when it begins to listen while a command tries', async () => {
    let outcome: unknown;
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      outcome = await connectedLate();
      if (outcome === 'connected') break;
    }
    expect(outcome).toBe('connected');
  });

  it('is not looked at any more once it is connected to', async () => {
    const sockets: Socket[] = [];
    const port = await listenInFront(0, (socket) => {
      sockets.push(socket);
      // The command is let through as soon as it has begun to look.
      if (sockets.length === 2) relay(sockets[0] as Socket, lab.address);
      // Who does not read does not hear of an end.
      if (sockets.length > 1) socket.resume();
    });
    const connection = await connect(settingsFor(port));
    const [, look] = sockets;
    // By itself a look would wait for three seconds.
    await expect.poll(() => look?.destroyed, { timeout: 2_800 }).toBe(true);
    expect(sockets).toHaveLength(2);
    await connection.close();
  });
});

/** Begins to listen a second after somebody has begun to try. @returns why it was not connected to, if it was not. */
async function connectedLate(): Promise<unknown> {
  const port = await closedPort();
  const connecting = connect(settingsFor(port)).then(
    async (connection) => {
      await connection.close();
      return 'connected';
    },
    (error: unknown) => error,
  );
  await sleep(1_000);
  await listenInFront(port, (socket) => relay(socket, lab.address));
  return await connecting;
}

function settingsFor(port: number): TemporalSettings {
  const address = `127.0.0.1:${port}`;
  return { address, namespace: 'default', connectionOptions: { address } };
}

/** @returns the port; closed when the test ends. */
async function listenInFront(
  port: number,
  take: (socket: Socket) => void,
  atEnd: AtEnd = onTestFinished,
): Promise<number> {
  const server = createServer((socket) => {
    // A look may be cut off at any moment.
    socket.on('error', () => undefined);
    take(socket);
  });
  await new Promise<void>((listens) => server.listen(port, '127.0.0.1', listens));
  atEnd(() => void server.close());
  return (server.address() as AddressInfo).port;
}
