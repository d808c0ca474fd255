import { setTimeout as sleep } from 'node:timers/promises';
import { RELYING_MIN } from '../../../dist/job/watch/relying.js';

const WATCHED_MS_MAX = 120_000;

/**
 * What goes on in a project besides: jobs that rely on being watched, as many as it takes until it is. Without them each run would
 * begin with a watcher that has seen no end of a job yet.
 */
export class Lead {
  /** @param start starts a job by our client. */
  constructor(start) {
    this.start = start;
  }

  async untilWatched() {
    const deadlineMs = Date.now() + WATCHED_MS_MAX;
    while (!(await this.isWatched())) {
      if (Date.now() > deadlineMs) throw new Error('Nothing is watched');
      await sleep(500);
    }
    return 'watched';
  }

  async isWatched() {
    if (!this.companion) {
      const companions = await Promise.all(Array.from({ length: RELYING_MIN }, () => this.start(jobOf(3_600))));
      this.companion = companions[0].handle;
      await (await this.start(jobOf(5))).handle.result();
    }
    return (await this.companion.snapshot()).watched === true;
  }
}

/** @returns configuration data that tells the sandbox how long its job takes. */
export function jobOf(durationSeconds) {
  return { parameters: { sandbox: { durationSeconds } } };
}
