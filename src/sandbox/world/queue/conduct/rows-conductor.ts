import type { Configuration } from '../../../fixture/schema.js';
import type { Conductor, Job, JobStatus } from '../../job-record.js';
import { finishAs } from '../../life.js';
import type { World } from '../../world.js';
import type { QueueRequest, Submit } from '../new-queue-job.js';
import { below } from './below.js';
import { fold } from './fold.js';

interface Rows {
  stored: Configuration;
  request: QueueRequest;
  atOnce: number;
  submit: Submit;
}

/** Runs a configuration's rows as separate jobs: all are created at once, but only `atOnce` of them run at a time. */
export class RowsConductor implements Conductor {
  readonly #jobs: Job[] = [];
  readonly #ends: JobStatus[] = [];
  #open = 0;

  constructor(
    private readonly world: World,
    private readonly rows: Rows,
  ) {}

  begin(job: Job): void {
    const ids = this.#rowIds();
    this.#open = ids.length;
    for (const id of ids) this.#submit(job, id);
    this.#finishIfDone(job);
  }

  childEnded(job: Job, { facts }: Job): void {
    this.#open -= 1;
    this.#ends.push(facts.status);
    this.#finishIfDone(job);
  }

  /** The rows that were asked for, disabled ones too; otherwise all enabled ones. */
  #rowIds(): readonly string[] {
    const { stored, request } = this.rows;
    if (request.configRowIds !== undefined && request.configRowIds.length > 0) return request.configRowIds;
    return stored.rows.filter(({ isDisabled }) => !isDisabled).map(({ id }) => id);
  }

  #submit(job: Job, rowId: string): void {
    const { request, submit, atOnce } = this.rows;
    const child = submit(this.world, {
      ...below(job),
      request: { ...request, configRowIds: [rowId], delayedStartMs: undefined },
      placing: { type: 'standard' },
      // The container has the lock of the configuration.
      hasOwnLock: true,
      mayBegin: () => this.#jobs.filter(({ isExecuting }) => isExecuting).length < atOnce,
    });
    if (child === undefined) {
      this.#open -= 1;
      this.#ends.push('error');
    } else {
      this.#jobs.push(child);
    }
  }

  #finishIfDone(job: Job): void {
    if (this.#open === 0) finishAs(this.world, job, fold(this.#ends));
  }
}
