// Plays the fault sweeps whole, and kills real workers at random instants: npm run test:faults
//
//   npm run test:faults -- --seeds 3       more cases
//   npm run test:faults -- --case NAME     one case of a sweep
//   npm run test:faults -- tree wait       the files whose names hold one of these
import { parseArgs } from 'node:util';
import process, { exit } from 'node:process';
import { startVitest } from 'vitest/node';

const { values, positionals } = parseArgs({
  options: { seeds: { type: 'string', default: '1' }, case: { type: 'string' } },
  allowPositionals: true,
});
const seeds = Number(values.seeds);
if (!Number.isInteger(seeds) || seeds < 1 || seeds > 1_000) throw new RangeError('--seeds: a number from 1 to 1000');

const all = { sample: 'all', seeds, ...(values.case !== undefined && { only: values.case }) };
const vitest = await startVitest('test', positionals, {
  config: 'vitest.other.config.ts',
  watch: false,
  include: ['test/chaos/**/*.test.ts', 'test/chaos/**/*.faults.ts'],
  provide: {
    sweeps: { creation: all, wait: all, storage: all, steps: 1 },
  },
});
await vitest.close();
exit(process.exitCode || (vitest.state.getCountOfFailedTests() > 0 ? 1 : 0));
