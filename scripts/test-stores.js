// Moves files to and from stores that others wrote, as the clouds are spoken to: npm run test:stores
import process, { exit } from 'node:process';
import { startVitest } from 'vitest/node';

const vitest = await startVitest('test', ['test/stores'], {
  config: 'vitest.other.config.ts',
  watch: false,
  // They need no Temporal server.
  globalSetup: ['test/support/temp-root.ts', 'test/stores/support/installed-stores.ts'],
  include: ['test/stores/**/*.stores.ts'],
});
await vitest.close();
exit(process.exitCode || (vitest.state.getCountOfFailedTests() > 0 ? 1 : 0));
