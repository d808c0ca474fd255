import { type ChildProcess, spawn } from 'node:child_process';
import { guardScript, type GuardMessage, type GuardOrder } from './guard-script.js';
import { OutputTail } from './output-tail.js';

/** A command that cannot outlive us, whatever becomes of us. */
export interface GuardedProcess {
  /** Process id of the command itself, not of its guard. */
  readonly pid: number;
  /** Resolves when the command has ended; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  readonly isRunning: boolean;
  /** The last output of the command, standard output and error together. */
  readonly tail: OutputTail;
  /** Ends the command (SIGTERM, then SIGKILL after `graceMs`) and waits until it is gone. */
  stop(): Promise<ProcessEnd>;
}

export interface ProcessEnd {
  code: number | null;
  signal: string | null;
}

export interface GuardedOptions {
  command: string;
  args: readonly string[];
  cwd?: string;
  /** Added to our own environment. */
  env?: Record<string, string>;
  /** Time between SIGTERM and SIGKILL; 0 (the default) kills at once. */
  graceMs?: number;
}

/**
 * Starts a command under a guard process that ends it when we exit, crash or are killed with -9.
 *
 * @throws Error when the command cannot be started, with the reason that the system gives.
 */
export async function startGuarded(options: GuardedOptions): Promise<GuardedProcess> {
  const guard = spawnGuard(options);
  const tail = collectOutput(guard);
  const state: { pid?: number; end?: ProcessEnd } = {};
  const ended = new Promise<ProcessEnd>((resolve) => {
    guard.on('message', (message: GuardMessage) => {
      if (message.kind === 'started') state.pid = message.pid;
      if (message.kind === 'ended') state.end = { code: message.code, signal: message.signal };
    });
    guard.on('exit', () => {
      if (state.end === undefined && state.pid !== undefined) killGroup(state.pid);
    });
    // 'close' comes after the output was read to its end, so the tail is complete when `ended` resolves.
    guard.on('close', () => resolve((state.end ??= { code: null, signal: 'SIGKILL' })));
  });
  return {
    pid: await startedPid(guard),
    ended,
    tail,
    get isRunning() {
      return state.end === undefined;
    },
    stop() {
      if (guard.connected) guard.send('end', () => undefined);
      return ended;
    },
  };
}

function spawnGuard({ command, args, cwd, env, graceMs }: GuardedOptions): ChildProcess {
  const order: GuardOrder = {
    command,
    args,
    env: env ?? {},
    graceMs: graceMs ?? 0,
    ...(cwd === undefined ? {} : { cwd }),
  };
  return spawn(process.execPath, ['-e', guardScript, JSON.stringify(order)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

function collectOutput(guard: ChildProcess): OutputTail {
  const tail = new OutputTail();
  for (const stream of [guard.stdout, guard.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => tail.add(chunk));
  }
  return tail;
}

function startedPid(guard: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    guard.once('error', reject);
    guard.once('exit', () => reject(new Error('the guard process ended before it could start anything')));
    guard.once('message', (message: GuardMessage) => {
      if (message.kind === 'started') resolve(message.pid);
      else reject(new Error(message.kind === 'failed' ? message.reason : 'ended at once'));
    });
  });
}

/** Needed only if somebody killed the guard: then nobody else would end the command. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
