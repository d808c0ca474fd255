// Checks deploy/ with what a container engine would be needed for otherwise: npm run test:deploy
import process, { exit } from 'node:process';
import { startVitest } from 'vitest/node';

const vitest = await startVitest('test', ['test/deploy'], {
  config: 'vitest.other.config.ts',
  watch: false,
  include: ['test/deploy/**/*.deploy.ts'],
});
await vitest.close();
exit(process.exitCode || (vitest.state.getCountOfFailedTests() > 0 ? 1 : 0));
