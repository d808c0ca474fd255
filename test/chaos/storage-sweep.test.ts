import { expect, inject, it } from 'vitest';
import { StorageLab } from '../support/storage-lab.js';
import { storageCases, type StorageCase } from './storage/cases.js';
import { playStorage, type Played } from './storage/play-case.js';
import { isRight, storageSummary } from './storage/summary.js';
import { Dice } from './support/dice.js';
import { chosen } from './support/wanted.js';
import { inTurn } from './support/hang.js';

const LABS = 2;
const wanted = inject('sweeps').storage;

/** Faults concern a whole sandbox, so the cases of one lab come one after another. */
async function playShare(cases: readonly StorageCase[]): Promise<Played[]> {
  const lab = await StorageLab.open();
  try {
    return await inTurn(
      cases,
      (one) => playStorage(lab, one),
      ({ counted }) => counted.told,
    );
  } finally {
    await lab.close();
  }
}

it('there are at least 350 cases, and each has a name of its own', () => {
  const names = storageCases(new Dice(1)).map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(350);
  expect(new Set(names).size).toBe(names.length);
});

it('there is one table with the right rows, whatever becomes of its creation or its load, or a failure that says what it is', async () => {
  const cases = chosen(wanted, storageCases);
  const shares = Array.from({ length: LABS }, (_, lab) => cases.filter((_case, index) => index % LABS === lab));
  const played = (await Promise.all(shares.map(playShare))).flat();
  process.stdout.write(`\n${storageSummary(played)}\n`);
  expect(played.filter((one) => !isRight(one)).map((one) => ({ name: one.case.name, ...one.counted }))).toEqual([]);
  const ambiguous = played.filter(({ counted }) => counted.told === 'CreateAmbiguous');
  // Only what may not be repeated may end so.
  expect(ambiguous.filter((one) => one.case.operation.isRepeatable)).toEqual([]);
}, 1_800_000);
