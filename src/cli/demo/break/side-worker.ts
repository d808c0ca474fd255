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

export type SideName = 'plain loop' | 'keboola-temporal';

/** A worker in a process of its own, which may be killed and started again. */
export class SideWorker {
  private process: GuardedProcess | undefined;

  constructor(
    private readonly side: SideName,
    private readonly surroundings: Surroundings,
  ) {}

  async start(): Promise<void> {
    const [program, ...args] = this.side === 'plain loop' ? PLAIN : OURS;
    const { temporalAddress, keboolaUrl, token, taskQueue } = this.surroundings;
    this.process = await startGuarded({
      command: process.execPath,
      args: [fileURLToPath(new URL(program, import.meta.url)), ...args],
      env: {
        TEMPORAL_ADDRESS: temporalAddress,
        TEMPORAL_NAMESPACE: 'default',
        KEBOOLA_TASK_QUEUE: taskQueue,
        KBC_URL: keboolaUrl,
        KBC_TOKEN: token,
      },
    });
  }

  /** As a machine is lost: without any warning. */
  async loseMachine(): Promise<void> {
    if (this.process) process.kill(this.process.pid, 'SIGKILL');
    await this.process?.ended;
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }
}
