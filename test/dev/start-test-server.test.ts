import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { startTestServer } from '../../src/dev/start-test-server.js';
import { required } from '../support/required.js';
import { tempFolder } from '../support/temp-folder.js';
import { startTimeSkippingServer, type TimeSkippingServer } from '../support/time-skipping.js';
import { fakeExecutable } from './fake-executable.js';
import { longSleep } from './long-sleep.workflow.js';
import { isAlive } from './processes.js';

describe('startTestServer', () => {
  test('leaves no process behind', async () => {
    const server = await startTestServer(required(inject('testServer')));
    expect(isAlive(server.pid)).toBe(true);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  test('starts although the clock of the machine is set forward meanwhile', async () => {
    const now = Date.now.bind(Date);
    let looks = 0;
    const forward = vi.spyOn(Date, 'now').mockImplementation(() => now() + 60_000 * (looks += 1));
    onTestFinished(() => forward.mockRestore());
    const server = await startTestServer(required(inject('testServer')));
    expect(isAlive(server.pid)).toBe(true);
    await server.stop();
  });

  test('fails at once when the server lost its port, although it lives on', async () => {
    const executable = await fakeExecutable(
      join(await tempFolder(), 'server'),
      'echo "java.io.IOException: Failed to bind to address 0.0.0.0/0.0.0.0:$1" >&2; exec /bin/sleep 60',
    );
    await expect(startTestServer({ executable })).rejects.toThrow(/test server failed at its start:\n.*Failed to bind/);
  });
});

describe('the time-skipping server of a test file', () => {
  let server: TimeSkippingServer;
  beforeAll(async () => {
    server = await startTimeSkippingServer();
  });
  afterAll(() => server.stop());

  test('leaps over the time in which nothing happens, also when several results are awaited', async () => {
    const worker = await Worker.create({
      connection: server.nativeConnection,
      taskQueue: 'sleepers',
      workflowsPath: fileURLToPath(new URL('./long-sleep.workflow.ts', import.meta.url)),
    });
    const before = await server.now();
    const [day, twoDays] = await worker.runUntil(
      Promise.all(
        [24, 48].map((hours) =>
          server.client.workflow.execute(longSleep, { taskQueue: 'sleepers', workflowId: `${hours} h`, args: [hours] }),
        ),
      ),
    );
    const hoursAfterStart = [day!, twoDays!, await server.now()].map((time) => (time - before) / 3_600_000);
    expect(hoursAfterStart[0]).toBeCloseTo(24, 1);
    expect(hoursAfterStart[1]).toBeCloseTo(48, 1);
    expect(hoursAfterStart[2]).toBeCloseTo(48, 1);
  });
});
