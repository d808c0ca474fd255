import { fileURLToPath } from 'node:url';
import { startGuarded, type GuardedProcess } from '../../../dev/guarded-process.js';

/** Where a worker finds the servers. */
export interface Surroundings {
  temporalAddress: string;
  keboolaUrl: string;
  token: string;
  taskQueue: string;
}

const OURS = ['../../main.js', 'worker', '--log-level', 'ERROR'] as const;
const PLAIN = ['./plain-loop/worker.js'] as const;

const TAIL_LINES = 20;

export type SideName = 'plain loop' | 'keboola-temporal';

/** A worker in a process of its own, which may be killed and started again. */
export class SideWorker {
  /** Rejects when the worker ends although nobody has ended it; never resolves. */
  readonly broken: Promise<never>;
  private fail: (error: Error) => void = () => undefined;
  private process: GuardedProcess | undefined;
  private stopped = false;

  constructor(
    private readonly side: SideName,
    private readonly surroundings: Surroundings,
  ) {
    this.broken = new Promise((_resolve, reject) => (this.fail = reject));
    // It may break while nobody waits for it.
    this.broken.catch(() => undefined);
  }

  async start(): Promise<void> {
    // Ctrl-C may come while a lost worker is about to be replaced.
    if (this.stopped) return;
    const [program, ...args] = this.side === 'plain loop' ? PLAIN : OURS;
    const started = await startGuarded({
      command: process.execPath,
      args: [fileURLToPath(new URL(program, import.meta.url)), ...args],
      env: environment(this.surroundings),
    });
    this.process = started;
    void started.ended.then(() => {
      if (this.process !== started) return;
      this.fail(
        new Error(`The worker of the side "${this.side}" has ended by itself:\n${started.tail.lines(TAIL_LINES)}`),
      );
    });
  }

  /** As a machine is lost: without any warning. */
  async loseMachine(): Promise<void> {
    const lost = this.forget();
    if (lost) process.kill(lost.pid, 'SIGKILL');
    await lost?.ended;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.forget()?.stop();
  }

  private forget(): GuardedProcess | undefined {
    const { process: known } = this;
    this.process = undefined;
    return known;
  }
}

/** What the owner of this machine has set for a Temporal and a Keboola of his own must not reach the demonstration. */
function environment({ temporalAddress, keboolaUrl, token, taskQueue }: Surroundings): Record<string, string> {
  return {
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: 'default',
    TEMPORAL_TLS: 'false',
    TEMPORAL_API_KEY: '',
    KEBOOLA_TASK_QUEUE: taskQueue,
    KBC_CONNECTIONS_FILE: '',
    KBC_URL: keboolaUrl,
    KBC_TOKEN: token,
  };
}
