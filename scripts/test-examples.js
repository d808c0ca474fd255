// Runs the commands that the READMEs of examples/ end in, with this package as npm packs it: npm run test:examples
import { runTests } from './tests/run-tests.js';

await runTests(['test/examples'], {
  include: ['test/examples/**/*.examples.ts'],
  testTimeout: 500_000,
});
