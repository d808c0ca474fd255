import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Native Core crashes in worker threads; one process per file also keeps the SDK's Runtime singletons apart.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A share of the fault sweeps, chosen by a fixed seed; `npm run test:faults` plays them whole.
    provide: {
      sweeps: {
        creation: { sample: 150, seeds: 1 },
        wait: { sample: 60, seeds: 1 },
        storage: { sample: 24, seeds: 1 },
        instants: 4,
        cancels: 12,
        trees: { cancels: 2, kills: 1 },
      },
    },
  },
});
