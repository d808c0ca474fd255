import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.js';
import { servers } from './vitest.config.js';

/** What `npm test` leaves out; the scripts that run it say which files. */
export default defineConfig({ test: { ...servers, maxWorkers: 3, sequence: { sequencer: LongestFirst } } });
