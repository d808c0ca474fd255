// Runs the commands that the READMEs of examples/ end in, with this package as npm packs it: npm run test:examples
import process, { exit } from 'node:process';
import { startVitest } from 'vitest/node';

const vitest = await startVitest('test', ['test/examples'], {
  config: 'vitest.other.config.ts',
  watch: false,
  include: ['test/examples/**/*.examples.ts'],
});
await vitest.close();
exit(process.exitCode || (vitest.state.getCountOfFailedTests() > 0 ? 1 : 0));
