// Plays the fault sweeps whole: npm run test:faults -- --seeds 3, or one case: npm run test:faults -- --case NAME
import { parseArgs } from 'node:util';
import { exit } from 'node:process';
import { startVitest } from 'vitest/node';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '1' }, case: { type: 'string' } } });
const seeds = Number(values.seeds);
if (!Number.isInteger(seeds) || seeds < 1 || seeds > 1_000) throw new RangeError('--seeds: a number from 1 to 1000');

const all = { sample: 'all', seeds, ...(values.case !== undefined && { only: values.case }) };
const vitest = await startVitest('test', ['test/chaos'], {
  config: 'vitest.other.config.ts',
  watch: false,
  include: ['test/chaos/**/*.test.ts', 'test/chaos/**/*.faults.ts'],
  provide: {
    sweeps: { creation: all, wait: all, storage: all, steps: 1 },
  },
});
await vitest.close();
exit(vitest.state.getCountOfFailedTests() > 0 ? 1 : 0);
