import { fileURLToPath } from 'node:url';
import { startGuarded } from '../../dist/dev/guarded-process.js';
import { APIS } from './apis.js';

const OURS = ['../../dist/cli/main.js', 'worker', '--log-level', 'ERROR'];
const PLAIN = ['./plain-loop/worker.js'];

const TAIL_LINES = 20;

/** A worker in a process of its own, which may be killed and started again. */
export class SideWorker {
  #side;
  #surroundings;
  #fail;
  #process;
  #stopped = false;

  /**
   * @param side `plain loop` or `keboola-temporal`
   * @param surroundings where a worker finds the servers: `temporalAddress`, `connectionsFile`, `taskQueue`
   */
  constructor(side, surroundings) {
    this.#side = side;
    this.#surroundings = surroundings;
    /** Rejects when the worker ends although nobody has ended it; never resolves. */
    this.broken = new Promise((_resolve, reject) => (this.#fail = reject));
    // It may break while nobody waits for it.
    this.broken.catch(() => undefined);
  }

  async start() {
    // Ctrl-C may come while a lost worker is about to be replaced.
    if (this.#stopped) return;
    const [program, ...args] = this.#side === 'plain loop' ? PLAIN : OURS;
    const started = await startGuarded({
      command: process.execPath,
      args: [fileURLToPath(new URL(program, import.meta.url)), ...args],
      env: environment(this.#surroundings),
    });
    this.#process = started;
    void started.ended.then(() => {
      if (this.#process !== started) return;
      this.#fail(
        new Error(`The worker of the side "${this.#side}" has ended by itself:\n${started.tail.lines(TAIL_LINES)}`),
      );
    });
  }

  /** As a machine is lost: without any warning. */
  async loseMachine() {
    const lost = this.#forget();
    if (lost) process.kill(lost.pid, 'SIGKILL');
    await lost?.ended;
  }

  async stop() {
    this.#stopped = true;
    await this.#forget()?.stop();
  }

  #forget() {
    const known = this.#process;
    this.#process = undefined;
    return known;
  }
}

/** What the owner of this machine has set for a Temporal and a Keboola of his own must not reach the demonstration. */
function environment({ temporalAddress, connectionsFile, taskQueue }) {
  return {
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: 'default',
    TEMPORAL_TLS: 'false',
    TEMPORAL_API_KEY: '',
    KEBOOLA_TASK_QUEUE: taskQueue,
    KBC_CONNECTIONS_FILE: connectionsFile,
    KBC_URL: '',
    ...Object.fromEntries(APIS.map(({ tokenEnv, token }) => [tokenEnv, token])),
  };
}
