import type { JobSystem } from '../run-plan.js';

/** What stands for a component where a job of Storage is shown beside those of components. */
export const STORAGE = 'storage' satisfies JobSystem;
