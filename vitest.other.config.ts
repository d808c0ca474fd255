import { defineConfig } from 'vitest/config';
import { servers } from './vitest.config.js';

/** What `npm test` leaves out; the scripts that run it say which files. */
export default defineConfig({ test: { ...servers, maxWorkers: 2 } });
