import type { Conductor, Job } from '../../job-record.js';
import { finishAs } from '../../life.js';
import type { World } from '../../world.js';
import type { NewQueueJob, Submit } from '../new-queue-job.js';
import { below, isAtWork } from './below.js';
import { fold, isGood } from './fold.js';

interface Retries {
  submit: Submit;
  asked: NewQueueJob;
  retry: { times: number; delaySeconds: number };
}

/** Tries one task until it succeeds or is out of retries. Every attempt is a job, and the last one decides the end. */
export class RetryConductor implements Conductor {
  #tries = 0;

  constructor(
    private readonly world: World,
    private readonly retries: Retries,
  ) {}

  begin(job: Job): void {
    this.#tryOnce(job);
  }

  childEnded(job: Job, { facts }: Job): void {
    const { times, delaySeconds } = this.retries.retry;
    if (isGood(facts.status) || this.#tries > times) {
      finishAs(this.world, job, fold([facts.status]));
      return;
    }
    this.world.schedule(delaySeconds, { kind: 'effect', happen: () => this.#tryOnce(job) });
  }

  #tryOnce(job: Job): void {
    if (!isAtWork(job)) return;
    this.#tries += 1;
    const { submit, asked } = this.retries;
    const child = submit(this.world, { ...asked, ...below(job), placing: { ...asked.placing, type: 'standard' } });
    if (child === undefined) finishAs(this.world, job, fold(['error']));
  }
}
