import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.js';
import { servers } from './vitest.config.js';

/**
 * What `npm test` leaves out; the scripts that run it say which files. A sweep has three servers and workers, which is as
 * much as a small machine has cores for; and who is killed shall have begun to work.
 */
export default defineConfig({ test: { ...servers, maxWorkers: 2, sequence: { sequencer: LongestFirst } } });
