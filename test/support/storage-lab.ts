import type { WorkflowHandle } from '@temporalio/client';
import type { Sandbox } from '../../src/sandbox/index.js';
import { accepted, storage, upload } from '../sandbox/storage-support.js';
import { openJobLab, type JobLab, type LabOptions } from './job-lab.js';
import { startTimeSkippingServer, type TimeSkippingServer } from './time-skipping.js';

export const BUCKET = 'in.c-main';
export const TABLE = `${BUCKET}.orders`;
export const CSV = 'id,price\n1,10\n2,20\n';

/** A clock that can stand still: a server without work leaps, by hours and years, between two calls of a test. */
class HeldClock {
  private heldAtMs: number | undefined;

  /** @param offsetMs how far it is ahead of the server's. */
  constructor(
    private readonly server: TimeSkippingServer,
    private readonly offsetMs: number,
  ) {}

  async now(): Promise<number> {
    return this.heldAtMs ?? (await this.ahead());
  }

  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.heldAtMs ??= await this.ahead();
    try {
      return await work();
    } finally {
      this.heldAtMs = undefined;
    }
  }

  private async ahead(): Promise<number> {
    return (await this.server.now()) + this.offsetMs;
  }
}

/** A server that leaps, a sandbox on its clock with the bucket `in.c-main`, and the workflows of Storage between them. */
export class StorageLab {
  private constructor(
    readonly server: TimeSkippingServer,
    readonly lab: JobLab,
    private readonly clock: HeldClock,
  ) {}

  /** @param offsetMs how far Keboola's clock is ahead of Temporal's. */
  static async open({ offsetMs = 0, ...options }: LabOptions & { offsetMs?: number } = {}): Promise<StorageLab> {
    const server = await startTimeSkippingServer();
    const clock = new HeldClock(server, offsetMs);
    const opened = new StorageLab(server, await openJobLab(server, { clock, ...options }), clock);
    await opened.reset();
    return opened;
  }

  get sandbox(): Sandbox {
    return this.lab.sandbox;
  }

  /** An empty bucket, no faults, nothing counted. */
  async reset(): Promise<void> {
    this.sandbox.reset();
    await storage(this.sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
  }

  async close(): Promise<void> {
    await this.lab.close();
    await this.server.stop();
  }

  async start(workflowType: string, input: unknown): Promise<WorkflowHandle> {
    return await this.lab.start(input, undefined, workflowType);
  }

  async resultOf<T>(workflowType: string, input: unknown): Promise<T> {
    return (await (await this.start(workflowType, input)).result()) as T;
  }

  /** A file that is there, without any workflow of ours. */
  async upload(csv: string): Promise<number> {
    return await this.clock.hold(() => upload(this.sandbox, csv));
  }

  /** A table that a file makes, without any workflow of ours. */
  async makeTable(csv = CSV, options: object = {}): Promise<void> {
    await this.clock.hold(async () => {
      const body = { name: 'orders', dataFileId: await upload(this.sandbox, csv), ...options };
      await this.sandbox.settings({ storageQueueSeconds: 0, storageJobSeconds: 0 });
      const job = await accepted(this.sandbox, `/buckets/${BUCKET}/tables-async`, { body });
      if (job.status !== 'success') throw new Error(JSON.stringify(job));
      await this.sandbox.settings({ storageQueueSeconds: 0.5, storageJobSeconds: 2 });
    });
  }
}
