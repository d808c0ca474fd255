import process, { exit } from 'node:process';
import { startVitest } from 'vitest/node';

/**
 * Runs tests that `npm test` does not, and ends the process.
 *
 * @param {string[]} filters the files whose paths hold one of these.
 * @param {import('vitest/node').CliOptions} options `include` and whatever else they need.
 */
export async function runTests(filters, options) {
  const vitest = await startVitest('test', filters, { config: 'vitest.other.config.ts', watch: false, ...options });
  await vitest.close();
  exit(process.exitCode || (vitest.state.getCountOfFailedTests() > 0 ? 1 : 0));
}
