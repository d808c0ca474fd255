// Causes every alert of deploy/alerts.yaml, and sees it fire in a Prometheus of its own: npm run test:alerts
import { runTests } from './tests/run-tests.js';

await runTests(['test/alerts'], {
  include: ['test/alerts/**/*.alerts.ts'],
});
