import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.js';
import { OPTIMIZE_LATE } from './test/support/optimize-late.js';

/** Tests of what needs no Temporal server; they share processes, because most of them take less time than a process. */
const ROOMS = ['test/{activities,bench,cli,input,job,keboola,operate,sandbox}/**/*.test.ts'];

const TEMP_ROOT = 'test/support/temp-root.ts';

const BUNDLE = 'test/support/bundle-setup.ts';

const REPLAY = 'test/replay/**/*.test.ts';

const execArgv = [OPTIMIZE_LATE];

/** Texts are compared without colours, which some machines (`CI=true`) ask for where there is no terminal either. */
const env = { NO_COLOR: '1' };

/** Tests with Temporal servers that the run starts. */
export const servers = {
  env,
  execArgv,
  globalSetup: [TEMP_ROOT, BUNDLE, 'test/support/global-setup.ts'],
  // Native Core crashes in worker threads. Files share processes: to load the SDK takes longer than most tests.
  pool: 'forks',
  isolate: false,
  // Dozens of processes share the machine with whatever else it does; what takes long is still right.
  testTimeout: 180_000,
  hookTimeout: 180_000,
} satisfies NonNullable<ViteUserConfig['test']>;

export default defineConfig({
  test: {
    // More than twice what a small machine has cores: most tests wait for a timer or a process most of their time, and what waits is
    // started beside what is busy. With too many a worker starves, and Temporal's have time limits of their own.
    maxWorkers: 5,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          env,
          execArgv,
          name: 'rooms',
          include: ROOMS,
          globalSetup: TEMP_ROOT,
          pool: 'forks',
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      // The SDK replays in the main thread, where it leaves hooks behind.
      {
        test: {
          env,
          execArgv,
          name: 'replay',
          include: [REPLAY],
          globalSetup: [TEMP_ROOT, BUNDLE],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...servers,
          name: 'servers',
          include: ['test/**/*.test.ts'],
          exclude: [...ROOMS, REPLAY],
          // A share of the fault sweeps, chosen by a fixed seed; `npm run test:faults` plays them whole.
          provide: {
            sweeps: {
              creation: { sample: 40, seeds: 1 },
              queueCreation: { sample: 12, seeds: 1 },
              wait: { sample: 16, seeds: 1 },
              queueWait: { sample: 8, seeds: 1 },
              storage: { sample: 8, seeds: 1 },
              steps: 6,
            },
          },
        },
      },
    ],
  },
});
