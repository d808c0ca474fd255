import { expect, inject, it } from 'vitest';
import { openJobLab } from '../support/job-lab.js';
import { startTimeSkippingServer } from '../support/time-skipping.js';
import { queueCreationCases, type QueueCreationCase } from './queue-creation/cases.js';
import { playQueueCreation, TOKEN, type PlayedCreation } from './queue-creation/play-case.js';
import { isAmbiguous, isDropped, isRight, queueCreationSummary } from './queue-creation/summary.js';
import { Dice } from './support/dice.js';
import { chosen } from './support/wanted.js';
import { inTurn } from './support/hang.js';

const LABS = 3;
const AMBIGUOUS_SHARE_MAX = 0.05;
const wanted = inject('sweeps').queueCreation;

/** Faults concern a whole sandbox, so the cases of one lab come one after another. */
async function playShare(cases: readonly QueueCreationCase[]): Promise<PlayedCreation[]> {
  const server = await startTimeSkippingServer();
  const lab = await openJobLab(server, { token: TOKEN, clock: { now: () => server.now() } });
  try {
    return await inTurn(
      cases,
      (one) => playQueueCreation(lab, one),
      ({ told }) => told,
    );
  } finally {
    await lab.close();
    await server.stop();
  }
}

/** A worker remembers what becomes of variables, which on one stack is always the same. */
function sharesOf(cases: readonly QueueCreationCase[]): QueueCreationCase[][] {
  const usual = cases.filter(({ settings }) => settings['queueVariables'] === undefined);
  const labs = Array.from({ length: LABS }, (_, lab) => usual.filter((_case, index) => index % LABS === lab));
  const others = ['dropped', 'refused'].map((kept) =>
    cases.filter(({ settings }) => settings['queueVariables'] === kept),
  );
  return [...labs, ...others].filter((share) => share.length > 0);
}

it('there are at least 300 cases of creations on Queue v2, and each has a name of its own', () => {
  const names = queueCreationCases(new Dice(1)).map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(300);
  expect(new Set(names).size).toBe(names.length);
});

it('exactly one job of Queue v2 runs, however it is told from others and whatever becomes of the creation, or the workflow says what it does not know', async () => {
  const cases = chosen(wanted, queueCreationCases);
  const played = (await Promise.all(sharesOf(cases).map(playShare))).flat();
  process.stdout.write(`\n${queueCreationSummary(played)}\n`);
  expect(played.filter((one) => !isRight(one)).map(({ case: { name }, ...counted }) => ({ name, ...counted }))).toEqual(
    [],
  );
  if (wanted.sample === 'all' && wanted.only === undefined) {
    const kept = played.filter((one) => !isDropped(one.case));
    expect(kept.filter(isAmbiguous).length / kept.length).toBeLessThanOrEqual(AMBIGUOUS_SHARE_MAX);
  }
}, 1_800_000);
