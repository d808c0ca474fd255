// Plays the fault sweeps whole, and kills real workers at random instants: npm run test:faults
//
//   npm run test:faults -- --seeds 3       more cases
//   npm run test:faults -- --case NAME     one case of a sweep
//   npm run test:faults -- --hostile 10000 --seed 7 hostile-storm     so many hostile messages, of that seed
//   npm run test:faults -- tree wait       the files whose names hold one of these
import { parseArgs } from 'node:util';
import { runTests } from './tests/run-tests.js';

const { values, positionals } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    case: { type: 'string' },
    hostile: { type: 'string', default: '1000' },
    seed: { type: 'string' },
  },
  allowPositionals: true,
});
/** @param {'seeds' | 'hostile' | 'seed'} name @param {number} most */
function numberOf(name, most) {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new RangeError(`--${name}: a number from 1 to ${most}`);
}

const seeds = numberOf('seeds', 1_000);
const hostile = {
  count: numberOf('hostile', 100_000),
  ...(values.seed !== undefined && { seed: numberOf('seed', 2 ** 31) }),
};

const all = { sample: 'all', seeds, ...(values.case !== undefined && { only: values.case }) };
await runTests(positionals, {
  include: ['test/chaos/**/*.test.ts', 'test/chaos/**/*.faults.ts'],
  provide: {
    sweeps: { creation: all, queueCreation: all, wait: all, queueWait: all, storage: all, steps: 1 },
    hostile,
  },
});
