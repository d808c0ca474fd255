import { describe, expect, it } from 'vitest';
import { fenceFor } from '../../../src/job/create/fence.js';
import {
  healthAfterCanary,
  healthAfterLook,
  isHealthy,
  type Health,
  type Moment,
} from '../../../src/job/watch/health.js';
import type { EndedJob } from '../../../src/job/watch/ended-job.js';
import type { LookVerdict } from '../../../src/job/watch/look.js';

const START_MS = 1_000_000_000;
const MINUTE_MS = 60_000;

function at(ms: number): Moment {
  return { nowMs: START_MS + ms, tickMs: 1_000 };
}

function job(endedMs: number, jobId = '1'): EndedJob {
  return { jobId, runId: `${fenceFor('run', 1)}.${jobId}`, endedMs: START_MS + endedMs };
}

/** A look at this time of both clocks. */
function looked(health: Health, ms: number, jobs: EndedJob[], verdict: LookVerdict = 'good'): Health {
  return healthAfterLook(health, { verdict, jobs, serverMs: START_MS + ms }, at(ms));
}

/** A watcher that may be relied on: it has shown an end of ours, and its canary runs. */
const HEALTHY = healthAfterCanary(looked({}, 0, [job(-2_000)]), { isShown: false }, START_MS);

describe('a watcher may be relied on', () => {
  it('once its list has shown an end of ours in time, and a job that is watched was read', () => {
    expect(isHealthy(HEALTHY, at(0))).toBe(true);
    expect(isHealthy(looked({}, 0, [job(-2_000)]), at(0))).toBe(false);
  });

  it('while its list is good and nothing ends', () => {
    let health = HEALTHY;
    for (let ms = 0; ms <= 10 * MINUTE_MS; ms += 1_000) {
      health = looked(health, ms, []);
      if (ms % MINUTE_MS === 0) health = healthAfterCanary(health, { isShown: false }, START_MS + ms);
      expect(isHealthy(health, at(ms))).toBe(true);
    }
  });

  it('though a job that was read has ended, as long as the list may still show it', () => {
    const health = healthAfterCanary(HEALTHY, { ended: job(1_000, '2'), isShown: false }, START_MS + 2_000);
    expect(isHealthy(looked(health, 15_000, []), at(15_000))).toBe(true);
    const shown = looked(health, 15_000, [job(1_000, '2')]);
    expect(shown.unseen).toBeUndefined();
    expect(isHealthy(looked(shown, 20_000, []), at(20_000))).toBe(true);
  });

  it('with one tick more of patience where it looks seldom', () => {
    const seldom = { nowMs: START_MS + 80_000, tickMs: 60_000 };
    expect(isHealthy(HEALTHY, seldom)).toBe(true);
    expect(isHealthy(HEALTHY, { ...seldom, tickMs: 1_000 })).toBe(false);
  });
});

describe('a watcher may not be relied on', () => {
  const canary = (health: Health): Health => healthAfterCanary(health, { isShown: false }, START_MS);

  it('while its list is empty from the start, which proves nothing', () => {
    expect(isHealthy(canary(looked({}, 0, [])), at(0))).toBe(false);
  });

  it('while its list shows ends of others alone, or of ours but late', () => {
    const stranger = { ...job(0), runId: '55.1' };
    expect(isHealthy(canary(looked({}, 0, [stranger, job(-16_000)])), at(0))).toBe(false);
  });

  it('where a job that was read has ended and the list does not show it in time', () => {
    const health = healthAfterCanary(HEALTHY, { ended: job(1_000, '2'), isShown: false }, START_MS + 2_000);
    const missed = looked(health, 17_000, []);
    expect(isHealthy(missed, at(17_000))).toBe(false);
    expect(isHealthy(looked(missed, 18_000, [job(1_000, '2')]), at(18_000))).toBe(false);
    const proven = looked(missed, 30_000, [job(29_000, '3')]);
    expect(isHealthy(proven, at(30_000))).toBe(true);
  });

  it('where more has ended than can be read', () => {
    const cut = looked(HEALTHY, 1_000, [job(0)], 'cut');
    expect(isHealthy(cut, at(1_000))).toBe(false);
    expect(isHealthy(looked(cut, 2_000, [job(1_000)]), at(2_000))).toBe(true);
  });

  it.each<LookVerdict>(['lacks', 'partial'])('after half a minute in which its list only "%s"', (verdict) => {
    const soon = looked(HEALTHY, 30_000, [job(29_000)], verdict);
    expect(isHealthy(soon, at(30_000))).toBe(true);
    const late = looked(soon, 32_000, [job(31_000)], verdict);
    expect(isHealthy(late, at(32_000))).toBe(false);
  });

  it('after a long illness of its list until that has proved itself anew', () => {
    const recovered = looked(HEALTHY, 60_000, []);
    expect(isHealthy(recovered, at(60_000))).toBe(false);
    expect(isHealthy(looked(recovered, 61_000, [job(60_000)]), at(61_000))).toBe(true);
  });

  it('where no job that is watched could be read for three minutes', () => {
    let health = HEALTHY;
    for (let ms = 0; ms <= 182_000; ms += 1_000) health = looked(health, ms, []);
    expect(isHealthy(health, at(181_000))).toBe(true);
    expect(isHealthy(health, at(182_000))).toBe(false);
  });

  it('where what a job that has ended waits for is not told, since the answers have no clock', () => {
    let health = healthAfterCanary(HEALTHY, { ended: job(1_000, '2'), isShown: false }, START_MS + 2_000);
    for (let ms = 3_000; ms <= 182_000; ms += 1_000) {
      health = healthAfterLook(health, { verdict: 'good', jobs: [] }, at(ms));
      health = healthAfterCanary(health, { isShown: false }, START_MS + ms);
    }
    expect(isHealthy(health, at(182_000))).toBe(false);
  });

  it('when our clock was set back by an hour', () => {
    expect(isHealthy(HEALTHY, at(-60 * MINUTE_MS))).toBe(false);
  });
});
