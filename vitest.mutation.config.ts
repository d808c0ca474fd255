import { defineConfig } from 'vitest/config';

/** The tests that `npm run test:mutation` asks: of the rooms that it changes, and of their nearest neighbour. */
export default defineConfig({
  test: {
    include: ['test/{job,input,keboola,activities}/**/*.test.ts'],
    globalSetup: 'test/support/temp-root.ts',
    testTimeout: 60_000,
    isolate: false,
  },
});
