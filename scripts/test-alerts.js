// Causes every alert of deploy/alerts.yaml, and sees it fire in a Prometheus of its own: npm run test:alerts
import process, { exit } from 'node:process';
import { startVitest } from 'vitest/node';

const vitest = await startVitest('test', ['test/alerts'], {
  config: 'vitest.other.config.ts',
  watch: false,
  include: ['test/alerts/**/*.alerts.ts'],
});
await vitest.close();
exit(process.exitCode || (vitest.state.getCountOfFailedTests() > 0 ? 1 : 0));
