// Runs the services of deploy/compose.yaml as processes, and OpenTelemetry's collector, all of which Go builds: npm run test:compose
import { runTests } from './tests/run-tests.js';

await runTests(['test/deploy'], {
  include: ['test/deploy/**/*.compose.ts'],
});
