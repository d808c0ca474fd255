// Checks deploy/ with what a container engine would be needed for otherwise: npm run test:deploy
import { runTests } from './tests/run-tests.js';

await runTests(['test/deploy'], {
  include: ['test/deploy/**/*.deploy.ts'],
});
