import { expect, test } from 'vitest';
import { MAY_HAVE_ENDED } from '../../../src/job/messages.js';
import { Nudges } from '../../../src/workflows/wait/nudges.js';

/** Whether nudges that carry these ask for a read, and whether one of them says that the job has ended. */
function heard(...whys: unknown[]): { asksForRead: boolean; saysEnded: boolean } {
  const state = { nudged: false };
  const nudges = new Nudges(state);
  for (const why of whys) nudges.hear(why);
  const asksForRead = state.nudged;
  return { asksForRead, saysEnded: nudges.take() };
}

test.each([
  [[undefined]],
  [['x']],
  [[{ status: 'success' }]],
  [[MAY_HAVE_ENDED, undefined]],
  [[undefined, MAY_HAVE_ENDED]],
])('nudges that carry %j say that the job has ended, whoever sends them', (whys) => {
  expect(heard(...(whys as unknown[]))).toEqual({ asksForRead: true, saysEnded: true });
});

test('nudges of a watcher that cannot be relied on ask for a read, and say nothing of the job', () => {
  expect(heard(MAY_HAVE_ENDED)).toEqual({ asksForRead: true, saysEnded: false });
  expect(heard(MAY_HAVE_ENDED, MAY_HAVE_ENDED)).toEqual({ asksForRead: true, saysEnded: false });
});

test('no nudge says nothing', () => {
  expect(heard()).toEqual({ asksForRead: false, saysEnded: false });
});

test('a nudge that was answered is no more heard', () => {
  const state = { nudged: false };
  const nudges = new Nudges(state);
  nudges.hear(undefined);
  nudges.take();
  expect(state.nudged).toBe(false);
  nudges.hear(MAY_HAVE_ENDED);
  expect(nudges.take()).toBe(false);
});

test('a nudge that was carried over from the run before says that the job has ended', () => {
  const nudges = new Nudges({ nudged: true });
  nudges.hear(MAY_HAVE_ENDED);
  expect(nudges.take()).toBe(true);
});
