import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 250;
const SLOW_MS = 1_000;

/** The bench's side of one sandbox. */
export class Keboola {
  constructor(url) {
    this.url = `${url}/_sandbox`;
  }

  /** Takes its time with every look, so that young jobs, which are looked at every second, do not take up the machine. */
  async beSlow() {
    await this.meet({ delayMs: SLOW_MS, when: 'after' });
  }

  /** Until so many jobs have been looked at, so that their workflows hold what a look tells. */
  async untilLookedAt(jobs) {
    // Bounded by the time limit of the whole bench.
    while (Object.keys((await this.counters()).readsByJob).length < jobs) await sleep(LOOK_MS);
  }

  /**
   * Asks for a rest for ever. The worker obeys with its whole connection: the workflows sleep for minutes, in the very
   * state of a healthy wait, because it is the worker that puts them off and not an answer.
   */
  async askForRest() {
    await fetch(`${this.url}/faults`, { method: 'DELETE' });
    await this.meet({ status: 429, headers: { 'retry-after': '3600' } });
  }

  async counters() {
    return await (await fetch(`${this.url}/counters`)).json();
  }

  async meet(fault) {
    const body = JSON.stringify({ route: 'read', times: 'always', ...fault });
    await fetch(`${this.url}/faults`, { method: 'POST', body });
  }
}
