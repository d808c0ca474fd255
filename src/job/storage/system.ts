import type { JobSystem } from '../run-plan.js';

/** Stands in for the component where a Storage job is shown beside jobs of components. */
export const STORAGE = 'storage' satisfies JobSystem;
