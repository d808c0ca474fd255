// Moves files to and from stores that others wrote, as the clouds are spoken to: npm run test:stores
import { runTests } from './tests/run-tests.js';

await runTests(['test/stores'], {
  // They need no Temporal server.
  globalSetup: ['test/support/temp-root.ts', 'test/stores/support/installed-stores.ts'],
  include: ['test/stores/**/*.stores.ts'],
});
