import { defineConfig } from 'vitest/config';

/** Tests of what needs no Temporal server; they share processes, because most of them take less time than a process. */
const ROOMS = ['test/{activities,cli,job,keboola,sandbox}/**/*.test.ts'];

/** Tests with Temporal servers that the run starts. */
export const servers = {
  globalSetup: 'test/support/global-setup.ts',
  // Native Core crashes in worker threads; one process per file also keeps the SDK's Runtime singletons apart.
  pool: 'forks',
  testTimeout: 30_000,
  hookTimeout: 60_000,
} as const;

export default defineConfig({
  test: {
    // As many as a small machine has cores: Temporal's clients and workers have time limits of their own.
    maxWorkers: 2,
    projects: [
      { test: { name: 'rooms', include: ROOMS, pool: 'forks', isolate: false, testTimeout: 30_000 } },
      {
        test: {
          ...servers,
          name: 'servers',
          include: ['test/**/*.test.ts'],
          exclude: ROOMS,
          // A share of the fault sweeps, chosen by a fixed seed; `npm run test:faults` plays them whole.
          provide: {
            sweeps: {
              creation: { sample: 150, seeds: 1 },
              wait: { sample: 60, seeds: 1 },
              storage: { sample: 24, seeds: 1 },
              steps: 3,
              instants: 2,
              cancels: 12,
              trees: { cancels: 1, kills: 1 },
            },
          },
        },
      },
    ],
  },
});
