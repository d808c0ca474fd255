import { expect, inject, it } from 'vitest';
import { openJobLab } from '../support/job-lab.js';
import { startTimeSkippingServer } from '../support/time-skipping.js';
import { Dice } from './support/dice.js';
import { chosen } from './support/wanted.js';
import { waitCases, type WaitCase } from './wait/cases.js';
import { playWait, type Played } from './wait/play-case.js';
import { isRight, waitSummary } from './wait/summary.js';

const LABS = 3;
const wanted = inject('sweeps').wait;

/** Faults concern a whole sandbox, so the cases of one lab come one after another. */
async function playShare(cases: readonly WaitCase[]): Promise<Played[]> {
  const server = await startTimeSkippingServer();
  const lab = await openJobLab(server, { clock: { now: () => server.now() } });
  const played: Played[] = [];
  try {
    await lab.sandbox.settings({ killPropagation: false, workers: 1_000 });
    for (const one of cases) played.push(await playWait(lab, one));
  } finally {
    await lab.close();
    await server.stop();
  }
  return played;
}

it('there are at least 300 cases, and each has a name of its own', () => {
  const names = waitCases(new Dice(1)).map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(300);
  expect(new Set(names).size).toBe(names.length);
});

it('every job is told as it ended, or is stopped for certain, whatever the answers on the way', async () => {
  const cases = chosen(wanted, waitCases);
  if (wanted.only === undefined) expect(cases.length).toBeGreaterThanOrEqual(16);
  const shares = Array.from({ length: LABS }, (_, lab) => cases.filter((_case, index) => index % LABS === lab));
  const played = (await Promise.all(shares.map(playShare))).flat();
  process.stdout.write(`\n${waitSummary(played)}\n`);
  expect(played.filter((one) => !isRight(one)).map((one) => ({ name: one.case.name, counted: one.counted }))).toEqual(
    [],
  );
}, 1_800_000);
