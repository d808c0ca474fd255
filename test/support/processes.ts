import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { OPTIMIZE_LATE } from './optimize-late.js';

/** How a process ended: by itself with a code, or by a signal. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** The command line as it is built and shipped; `npm test` builds it first. */
export const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const WAIT_MS_MAX = 120_000;
const LAST_WORDS_MAX = 1_000;

/** They stay until they are told to go, or go on for long. */
const LONG_COMMANDS = new Set(['demo', 'dev', 'sandbox', 'worker']);
/**
 * A command that is over in a second spends a quarter of its time on threads that optimize what it will not run again. The
 * program is the same one.
 */
const SHORT_LIVED = ['--no-opt', '--single-threaded-gc'];
/** The others optimize what they run fifteen times as often as Node.js waits for. */
const LONG_LIVED = [OPTIMIZE_LATE];

export type Environment = Record<string, string>;

/** One real process: what it said, how it ended. */
export class Process {
  stdout = '';
  stderr = '';
  readonly ended: Promise<ProcessEnd>;
  private readonly child: ChildProcess;
  private readonly heard = new Set<() => void>();

  constructor(command: string, args: readonly string[], env: Environment) {
    this.child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    for (const name of ['stdout', 'stderr'] as const) {
      this.child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
        this[name] += chunk;
        for (const check of this.heard) check();
      });
    }
    // A process that has ended reads no more; that is seen by its end.
    this.child.stdin?.on('error', () => undefined);
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code, signal) => resolve({ code, signal, stdout: this.stdout, stderr: this.stderr }));
    });
    this.ended.catch(() => undefined);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Writes standard input to its end. */
  input(text: string): this {
    this.child.stdin?.end(text);
    return this;
  }

  /** Waits until it has written the words, on either stream; fails at once when it ends without them. */
  async says(words: string | RegExp, timeoutMs = WAIT_MS_MAX): Promise<void> {
    const said = (): boolean => [this.stdout, this.stderr].some((text) => text.search(pattern(words)) >= 0);
    await new Promise<void>((resolve, reject) => {
      const settle = (done: () => void) => () => {
        clearTimeout(timer);
        this.heard.delete(check);
        done();
      };
      const fail = (why: string) =>
        settle(() => reject(new Error(`${why} without saying ${String(words)}:\n${this.all}`)));
      const check = (): void => {
        if (said()) settle(resolve)();
      };
      const timer = setTimeout(fail(`${timeoutMs} ms went by`), timeoutMs);
      this.heard.add(check);
      check();
      void this.ended.then(() => (said() ? settle(resolve)() : fail('It ended')()));
    });
  }

  signal(name: NodeJS.Signals): this {
    this.child.kill(name);
    return this;
  }

  /** Waits for its end; one that takes too long is killed, and the signal in the answer tells so. */
  async end(timeoutMs = WAIT_MS_MAX): Promise<ProcessEnd> {
    const timer = setTimeout(() => this.signal('SIGKILL'), timeoutMs);
    return await this.ended.finally(() => clearTimeout(timer));
  }

  /** Whether it runs, or how it has ended, and what it has said last. */
  get account(): string {
    const { pid, exitCode, signalCode } = this.child;
    const state = this.isRunning ? 'runs' : `has ended (${signalCode ?? `code ${exitCode}`})`;
    return `process ${pid} ${state}, last words: ${this.all.trim().slice(-LAST_WORDS_MAX)}`;
  }

  private get all(): string {
    return `${this.stdout}\n${this.stderr}`;
  }
}

/** All processes of a test file, so that none outlives it and all of their words can be searched. */
export class Processes {
  private readonly started: Process[] = [];

  /** Nothing of our own environment reaches them but these variables. */
  constructor(private readonly env: Environment) {}

  /** Starts the built command line. */
  cli(args: readonly string[], env: Environment = {}): Process {
    const options = args.some((arg) => LONG_COMMANDS.has(arg)) ? LONG_LIVED : SHORT_LIVED;
    return this.start(process.execPath, [...options, CLI, ...args], env);
  }

  start(command: string, args: readonly string[], env: Environment = {}): Process {
    const one = new Process(command, args, { ...this.env, ...env });
    this.started.push(one);
    return one;
  }

  /** Of all that were started. */
  get pids(): number[] {
    return this.started.map(({ pid }) => pid);
  }

  /** Everything that any of them wrote so far. */
  get words(): string {
    return this.started.map(({ stdout, stderr }) => `${stdout}\n${stderr}`).join('\n');
  }

  /** Ends what still runs. @returns how many that were. */
  async close(): Promise<number> {
    const left = this.started.filter(({ isRunning }) => isRunning);
    await Promise.all(left.map((one) => one.signal('SIGKILL').end()));
    return left.length;
  }
}

function pattern(words: string | RegExp): RegExp {
  return words instanceof RegExp ? words : new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}
