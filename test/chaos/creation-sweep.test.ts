import { expect, inject, it } from 'vitest';
import { openJobLab, scripted, settled } from '../support/job-lab.js';
import { startTimeSkippingServer } from '../support/time-skipping.js';
import { creationCases, type CreationCase } from './creation/cases.js';
import { playCreation, type Played } from './creation/play-case.js';
import { creationSummary, isRight } from './creation/summary.js';
import { Dice } from './support/dice.js';
import { chosen } from './support/wanted.js';
import { inTurn } from './support/hang.js';

const LABS = 3;
const AMBIGUOUS_SHARE_MAX = 0.05;
const wanted = inject('sweeps').creation;

/** Faults concern a whole sandbox, so the cases of one lab come one after another. */
async function playShare(cases: readonly CreationCase[]): Promise<Played[]> {
  const server = await startTimeSkippingServer();
  const lab = await openJobLab(server, { clock: { now: () => server.now() } });
  try {
    // A control job: without any job in the project an empty list would mean nothing.
    await settled(await lab.start(scripted({ durationSeconds: 1 })));
    return await inTurn(
      cases,
      (one) => playCreation(lab, one),
      ({ counted }) => counted.told,
    );
  } finally {
    await lab.close();
    await server.stop();
  }
}

it('there are at least 300 cases, and each has a name of its own', () => {
  const names = creationCases(new Dice(1)).map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(300);
  expect(new Set(names).size).toBe(names.length);
});

it('exactly one job runs, whatever becomes of the creation and of the search, or the workflow says that it does not know', async () => {
  const cases = chosen(wanted, creationCases);
  if (wanted.only === undefined) expect(cases.length).toBeGreaterThanOrEqual(40);
  const shares = Array.from({ length: LABS }, (_, lab) => cases.filter((_case, index) => index % LABS === lab));
  const played = (await Promise.all(shares.map(playShare))).flat();
  process.stdout.write(`\n${creationSummary(played)}\n`);
  expect(played.filter((one) => !isRight(one)).map((one) => ({ name: one.case.name, counted: one.counted }))).toEqual(
    [],
  );
  const ambiguous = played.filter(({ counted }) => counted.told === 'CreateAmbiguous');
  expect(ambiguous.every((one) => one.case.family === 'hidden for the whole window')).toBe(true);
  if (wanted.only === undefined) expect(ambiguous.length / played.length).toBeLessThanOrEqual(AMBIGUOUS_SHARE_MAX);
}, 1_800_000);
