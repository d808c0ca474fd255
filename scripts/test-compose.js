// Runs the services of deploy/compose.yaml as processes, and OpenTelemetry's collector, all of which Go builds: npm run test:compose
import process, { exit } from 'node:process';
import { startVitest } from 'vitest/node';

const vitest = await startVitest('test', ['test/deploy'], {
  config: 'vitest.other.config.ts',
  watch: false,
  include: ['test/deploy/**/*.compose.ts'],
});
await vitest.close();
exit(process.exitCode || (vitest.state.getCountOfFailedTests() > 0 ? 1 : 0));
