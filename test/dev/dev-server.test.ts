import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { startDevServer } from '../../src/dev/dev-server.js';
import { freePort } from '../../src/dev/ports.js';
import { connectToDevServer } from '../support/dev-server.js';
import { directly } from '../support/directly.js';
import { eventually } from '../support/eventually.js';
import { required } from '../support/required.js';
import { tempFolder } from '../support/temp-folder.js';
import { fakeExecutable } from './fake-executable.js';
import { ends, isAlive } from './processes.js';
import { transpileDevSources } from './transpiled-source.js';

const { cli } = required(inject('devServer'));
const headless = { cli, headless: true, searchAttributes: {} };

/** Lets a real server answer on another port as well. */
async function forward(fromPort: number, toPort: number): Promise<void> {
  const server = createServer((socket) => {
    const upstream = connect(toPort, '127.0.0.1');
    socket
      .on('error', () => upstream.destroy())
      .pipe(upstream)
      .on('error', () => socket.destroy())
      .pipe(socket);
  });
  onTestFinished(() => void server.close());
  await once(server.listen(fromPort, '127.0.0.1'), 'listening');
}

async function clientOf(address: string): Promise<Client> {
  const connection = await Connection.connect({ address, ...directly });
  onTestFinished(() => connection.close());
  return new Client({ connection });
}

describe('startDevServer', () => {
  test('serves with our search attributes registered, and leaves no process behind', async () => {
    const server = await startDevServer({ ...headless, searchAttributes: { KeboolaJobId: 'Keyword' } });
    expect(server).not.toHaveProperty('uiUrl');
    const client = await clientOf(server.address);
    expect(await client.workflow.count('KeboolaJobId = "1"')).toMatchObject({ count: 0 });
    await expect(client.workflow.count('NoSuchAttribute = "1"')).rejects.toThrow();
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    expect(await server.ended).toMatch(/^ended with/);
    await server.stop();
  });

  test('shows a Web UI on the port that was asked for', async () => {
    const [port, uiPort] = [await freePort(), await freePort()];
    const server = await startDevServer({ cli, port, uiPort, searchAttributes: {} });
    onTestFinished(() => server.stop());
    expect(server).toMatchObject({ address: `127.0.0.1:${port}`, uiUrl: `http://127.0.0.1:${uiPort}` });
    const page = await fetch(`http://127.0.0.1:${uiPort}/`);
    expect(page.status).toBe(200);
  });

  test('reports a busy port by its number instead of talking to the server that holds it', async () => {
    const { address } = required(inject('devServer'));
    const port = Number(address.split(':')[1]);
    await expect(startDevServer({ ...headless, port })).rejects.toThrow(
      `port ${port} is in use, likely by another Temporal server; stop it or pass --port`,
    );
  });

  test('does not mistake another server for its own when it loses the race for the port', async () => {
    const { address } = required(inject('devServer'));
    const port = await freePort();
    // Somebody takes the port when ours is on its way; then the CLI fails like this.
    const underWay = join(await tempFolder(), 'under-way');
    const loser = await fakeExecutable(
      join(await tempFolder(), 'temporal'),
      `: > '${underWay}'; /bin/sleep 0.5; echo "can't set frontend port ${port}" >&2; exit 1`,
    );
    const starting = startDevServer({ ...headless, cli: loser, port });
    while (!existsSync(underWay)) await sleep(5);
    await forward(port, Number(address.split(':')[1]));
    await expect(starting).rejects.toThrow(/ended at its start:\n.*can't set frontend port/);
  });

  test("fails at once with the server's own words when it does not start", async () => {
    const searchAttributes = { Broken: 'Number' as 'Int' };
    await expect(startDevServer({ ...headless, searchAttributes })).rejects.toThrow(
      // Not "did not serve", which takes half a minute to know.
      /ended at its start:\n(.*\n)*.*invalid search attribute value type/,
    );
    await expect(startDevServer({ ...headless, cli: '/no/such/temporal' })).rejects.toThrow(
      /could not be started: .*ENOENT/,
    );
  });

  test('keeps its workflows in a file when asked to', async () => {
    const dbFilename = join(await tempFolder(), 'temporal.db');
    const options = { ...headless, dbFilename, searchAttributes: { KeboolaJobId: 'Keyword' } } as const;
    const first = await startDevServer(options);
    await (await clientOf(first.address)).workflow.start('any', { taskQueue: 'none', workflowId: 'kept' });
    await first.stop();
    const second = await startDevServer(options);
    onTestFinished(() => second.stop());
    const handle = (await clientOf(second.address)).workflow.getHandle('kept');
    expect(await handle.describe()).toMatchObject({ type: 'any', status: { name: 'RUNNING' } });
  });

  test('dies when its parent is killed with -9', async () => {
    const folder = await tempFolder();
    await transpileDevSources(join(folder, 'dev'));
    await writeFile(
      join(folder, 'program.mjs'),
      `import { startDevServer } from './dev/dev-server.js';
const server = await startDevServer({ cli: process.argv[2], headless: true, searchAttributes: {} });
console.log(String(server.pid));`,
    );
    const program = spawn(process.execPath, [join(folder, 'program.mjs'), cli], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void program.kill('SIGKILL'));
    const serverPid = Number((await once(program.stdout, 'data'))[0]);
    expect(isAlive(serverPid)).toBe(true);
    program.kill('SIGKILL');
    expect(await ends(serverPid)).toBe(true);
  });
});

describe('the dev server of the run', () => {
  test('has our search attributes and short timers', async () => {
    const server = await connectToDevServer();
    onTestFinished(() => server.close());
    const livedMs = async (): Promise<number> => {
      const handle = await server.client.workflow.start('any', {
        taskQueue: server.unique('queue'),
        workflowId: server.unique('workflow'),
        workflowExecutionTimeout: '100ms',
        typedSearchAttributes: [{ key: defineSearchAttributeKey('KeboolaStatus', 'KEYWORD'), value: 'waiting' }],
      });
      await expect(handle.result()).rejects.toThrow('Workflow execution timed out');
      const { startTime, closeTime } = await handle.describe();
      return Number(closeTime) - Number(startTime);
    };
    // Without short timers each of them would take a whole second at least, and on a busy machine some may.
    await eventually(async () => expect(await livedMs()).toBeLessThan(950));
  });
});
