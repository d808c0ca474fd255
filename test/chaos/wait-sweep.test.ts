import { describe, expect, inject, it } from 'vitest';
import { QUEUE_V2, SYRUP, type Dialect } from '../support/dialects.js';
import { openJobLab } from '../support/job-lab.js';
import { startTimeSkippingServer } from '../support/time-skipping.js';
import { Dice } from './support/dice.js';
import { chosen } from './support/wanted.js';
import { inTurn } from './support/hang.js';
import { waitCases } from './wait/cases.js';
import { playWait, type Played } from './wait/play-case.js';
import { queueWaitCases } from './wait/queue-cases.js';
import { isRight, waitSummary } from './wait/summary.js';
import type { WaitCase } from './wait/wait-case.js';

const LABS = 3;
const SWEEPS = [
  { ...SYRUP, casesOf: waitCases, least: 300, wanted: inject('sweeps').wait },
  { ...QUEUE_V2, casesOf: queueWaitCases, least: 130, wanted: inject('sweeps').queueWait },
];

/** Faults concern a whole sandbox, so the cases of one lab come one after another. */
async function playShare({ token }: Dialect, cases: readonly WaitCase[]): Promise<Played[]> {
  const server = await startTimeSkippingServer();
  const lab = await openJobLab(server, { token, clock: { now: () => server.now() } });
  try {
    await lab.sandbox.settings({ killPropagation: false, workers: 1_000, parallelLimit: 'off' });
    return await inTurn(
      cases,
      (one) => playWait(lab, one),
      ({ counted }) => counted.told,
    );
  } finally {
    await lab.close();
    await server.stop();
  }
}

describe.each(SWEEPS)('on $name', ({ casesOf, least, wanted, ...dialect }) => {
  it(`there are at least ${least} cases, and each has a name of its own`, () => {
    const names = casesOf(new Dice(1)).map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(least);
    expect(new Set(names).size).toBe(names.length);
  });

  it('every job is told as it ended, or is stopped for certain, whatever the answers on the way', async () => {
    const cases = chosen(wanted, casesOf);
    if (wanted.only === undefined) expect(cases.length).toBeGreaterThanOrEqual(8);
    const shares = Array.from({ length: LABS }, (_, lab) => cases.filter((_case, index) => index % LABS === lab));
    const played = (await Promise.all(shares.map((share) => playShare(dialect, share)))).flat();
    process.stdout.write(`\n${dialect.name}\n${waitSummary(played)}\n`);
    expect(played.filter((one) => !isRight(one)).map(({ case: { name }, counted }) => ({ name, counted }))).toEqual([]);
  }, 1_800_000);
});
