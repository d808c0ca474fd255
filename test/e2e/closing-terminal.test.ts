import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { ends } from '../dev/processes.js';
import { CANARY_TOKEN, openCliLab, type CliLab } from '../support/cli-lab.js';
import { startAtTerminal, type AtTerminal } from '../support/closing-terminal.js';
import { descendants } from '../support/descendants.js';
import { eventually } from '../support/eventually.js';
import { CLI, type Environment } from '../support/processes.js';
import { required } from '../support/required.js';
import { tempFolder } from '../support/temp-folder.js';

let lab: CliLab;
const keboola = (): Environment => ({ KBC_URL: lab.sandbox.url, KBC_TOKEN: CANARY_TOKEN });
const cli = (...args: string[]): string[] => [process.execPath, CLI, ...args];

beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  await lab.expectNoToken();
  await lab.close();
});

/** A worker at a terminal, on a task queue of its own. */
async function workerAtTerminal(command = cli('worker')): Promise<{ worker: AtTerminal; queue: Environment }> {
  const queue = { KEBOOLA_TASK_QUEUE: lab.unique('terminal') };
  const worker = startAtTerminal(lab.processes, command, { ...keboola(), ...queue });
  await worker.process.says('Worker on task queue');
  return { worker, queue };
}

describe.concurrent('a terminal that closes', () => {
  it('lets a worker finish what it has in hand: it gets the answer to a creation, and ends with 0', async () => {
    const own = await openCliLab();
    const env = { ...keboola(), KBC_URL: own.sandbox.url, KEBOOLA_TASK_QUEUE: own.taskQueue };
    const worker = startAtTerminal(lab.processes, cli('worker'), env);
    await worker.process.says('Worker on task queue');
    own.sandbox.faults.add({ route: 'create', call: 1, delayMs: 2_000 });
    own.start([...own.scripted({ durationSeconds: 3_600 }), '--detach', '--key', own.taskQueue]);
    await eventually(() => expect(own.sandbox.counters.requests.create).toBe(1));
    expect(await worker.close()).toBe('with 0');
    await own.startWorker();
    await own.jobOf(own.scriptedId(own.taskQueue));
    expect(own.sandbox.counters).toMatchObject({ posts: 1, jobs: 1 });
    await own.close();
  });

  it('leaves the job of a `run` alone, with 129', async () => {
    const { queue } = await workerAtTerminal();
    const key = lab.unique('run');
    const command = cli(...lab.scripted({ durationSeconds: 3_600 }), '--key', key);
    const run = startAtTerminal(lab.processes, command, queue);
    const jobId = await lab.jobOf(lab.scriptedId(key));
    await run.process.says(`job ${jobId}`);
    expect(await run.close()).toBe('with 129');
    expect(['waiting', 'processing']).toContain(await lab.statusOf(jobId));
  });

  it('ends `dev` with all that it has started', async () => {
    const { cli: TEMPORAL_CLI_PATH } = required(inject('devServer'));
    const [port, ui, sandbox] = [await freePort(), await freePort(), await freePort()];
    const command = cli('dev', '--port', `${port}`, '--ui-port', `${ui}`, '--sandbox-port', `${sandbox}`);
    const dev = startAtTerminal(lab.processes, command, { TEMPORAL_CLI_PATH });
    await dev.process.says('Ctrl-C stops everything.');
    const family = descendants(dev.process.pid);
    expect(family.length).toBeGreaterThanOrEqual(3);
    expect(await dev.close()).toBe('with 0');
    for (const pid of family) expect(await ends(pid)).toBe(true);
  });

  it('does not end a worker that `nohup` has started', async () => {
    const log = join(await tempFolder(), 'log');
    const shell = 'nohup "$@" > "$LOG" 2>&1 & echo "pid $!"; wait';
    const queue = { KEBOOLA_TASK_QUEUE: lab.unique('nohup') };
    const command = ['bash', '-c', shell, 'sh', ...cli('worker')];
    const terminal = startAtTerminal(lab.processes, command, { ...keboola(), ...queue, LOG: log });
    await terminal.process.says(/pid \d+/);
    const pid = Number(/pid (\d+)/.exec(terminal.process.stdout)?.[1]);
    await eventually(async () => expect(await readFile(log, 'utf8')).toContain('Worker on task queue'));
    expect(await terminal.close()).toBe('by signal 1');
    const { code, stderr } = await lab.run(
      [...lab.scripted({ durationSeconds: 1 }), '--key', lab.unique('after')],
      queue,
    );
    expect(code, stderr).toBe(0);
    process.kill(pid, 'SIGTERM');
    expect(await ends(pid)).toBe(true);
  });
});
