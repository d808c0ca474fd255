import type { Client } from '@temporalio/client';
import { expect } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import { descendants } from '../../support/descendants.js';
import { connectToDevServer } from '../../support/dev-server.js';
import { firstTicket } from '../../support/first-ticket.js';
import { Processes, type Process } from '../../support/processes.js';
import { openConsumer, type Consumer } from './consumer.js';

/** The dev server of the run, and examples that run as a stranger runs them. */
export interface ExamplesLab {
  consumer: Consumer;
  temporal: Client;
  /** A local Keboola of its own, so many times as fast as the world. */
  keboola(speed: number): Promise<Sandbox>;
  /** Runs shell commands in the consumer's folder to their end, and expects a good one. @returns what they have said. */
  run(commands: string, keboola?: Sandbox): Promise<string>;
  /** Starts a program that goes on until it is told to end, or the lab closes. */
  start(program: string, keboola: Sandbox): Process;
  close(): Promise<void>;
}

/** Where `npm start` has its sandbox. */
const SANDBOX_OF_README = 'http://127.0.0.1:8787';

/** Below the time limit that the tests have. Some install what they need first. */
const COMMANDS_SECONDS_MAX = 400;
const LEAVE_SECONDS_MAX = 20;
/**
 * What a script has started in the background holds its output open, so that a script which fails before it ends that would
 * be silent about why until the time of the test is over.
 */
const END_WHAT_IT_STARTED = `trap 'code=$?; kill $(jobs -p) 2>/dev/null || true; exit $code' EXIT`;
/** The native half of the SDK warns on standard output, as of a busy machine, in colours. */
const OF_SDK = /^.*temporalio_sdk_core::.*\n/gm;

export async function openExamplesLab(): Promise<ExamplesLab> {
  const [server, consumer] = await Promise.all([connectToDevServer(), openConsumer()]);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: consumer.folder,
    TEMPORAL_ADDRESS: server.address,
    KEBOOLA_FILES_DIR: 'examples/import-folder/data',
  };
  const processes = new Processes(env);
  const sandboxes: Sandbox[] = [];
  const inFolder = (commands: string): string[] => ['bash', '-e', '-c', `cd '${consumer.folder}'\n${commands}`];
  /** Ends the shell and all that it started, in the background as well, where they take too long. */
  const bounded = (commands: string): Process => {
    const limits = [`--kill-after=${LEAVE_SECONDS_MAX}`, `${COMMANDS_SECONDS_MAX}`];
    return processes.start('timeout', [...limits, ...inFolder(`${END_WHAT_IT_STARTED}\n${commands}`)]);
  };
  return {
    consumer,
    temporal: server.client,
    async keboola(speed) {
      const sandbox = await startSandbox({ speed, firstTicket: firstTicket() });
      sandboxes.push(sandbox);
      return sandbox;
    },
    async run(commands, keboola) {
      const running = bounded(commands.replace(SANDBOX_OF_README, keboola?.url ?? ''));
      const { code, stdout, stderr } = await running.end((COMMANDS_SECONDS_MAX + 2 * LEAVE_SECONDS_MAX) * 1_000);
      expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
      return stdout.replaceAll(OF_SDK, '');
    },
    start: (program, { url, token }) => {
      const [shell = '', ...args] = inFolder(`KBC_URL=${url} KBC_TOKEN=${token} exec node ${program}`);
      return processes.start(shell, args);
    },
    async close() {
      // A script that did not come to its end has left its own processes behind.
      const left = descendants(process.pid).filter((pid) => processes.pids.some((own) => isBelow(pid, own)));
      for (const pid of left) process.kill(pid, 'SIGKILL');
      await processes.close();
      await Promise.all([consumer.close(), server.close(), ...sandboxes.map((sandbox) => sandbox.close())]);
    },
  };
}

function isBelow(pid: number, above: number): boolean {
  return descendants(above).includes(pid);
}
