import { Client } from '@temporalio/client';
import { expect, it } from 'vitest';
import { WatcherLink } from '../../../src/activities/watch/watcher-link.js';
import { watcherId, type WatchRequest, type WatchState } from '../../../src/job/watch/watch-request.js';
import { eventually } from '../../support/eventually.js';
import { useJobLab } from '../../support/use-job-lab.js';
import { requestOf } from '../../support/watch-activity.js';

/** Longer than a heartbeat is believed. */
const SLOW_MS = 60_000;

const lab = useJobLab({ worker: { maxHeartbeatThrottleInterval: '1s' } });

/** The link of a worker to whom Temporal answers late, by a clock of its own. */
function linkOf(answerMs: number): { link: WatcherLink; looks: () => number; stop: () => void } {
  let [nowMs, looks, isStopping] = [0, 0, false];
  const client = new Client({
    connection: lab.temporal.connection,
    interceptors: {
      workflow: [
        {
          describe: async (input, next) => {
            const answer = await next(input);
            nowMs += answerMs;
            looks += 1;
            return answer;
          },
        },
      ],
    },
  });
  const { taskQueue } = lab;
  const request = (): Promise<WatchRequest> => Promise.resolve(requestOf(lab));
  const place = { client, taskQueue, request, hasRoom: () => false, isStopping: () => isStopping };
  const link = new WatcherLink(place, () => nowMs);
  return { link, looks: () => looks, stop: () => (isStopping = true) };
}

it('a heartbeat is as old as the question after it, so that nobody believes one that came to him late', async () => {
  const nowMs = Date.now();
  const health = { provenMs: nowMs, goodLookMs: nowMs, canaryMs: nowMs };
  const state: WatchState = { cursorMs: nowMs, health, isHealthy: true, tickMs: SLOW_MS };
  const request = requestOf(lab);
  const handle = await lab.start({ ...request, state }, watcherId(lab.taskQueue, request), 'watchProject');
  const [quick, slow] = [linkOf(0), linkOf(SLOW_MS)];
  for (const { link } of [quick, slow]) link.want();
  await eventually(() => expect(quick.link.isReliable).toBe(true));
  const looks = slow.looks();
  await eventually(() => expect(slow.looks()).toBeGreaterThan(looks + 1));
  expect(slow.link.isReliable).toBe(false);
  for (const { stop } of [quick, slow]) stop();
  await handle.terminate();
});
