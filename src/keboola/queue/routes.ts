/** The routes of Queue v2 and its neighbouring services that we call; sources are given at the calls. */
export const QUEUE_ROUTES: readonly string[] = [
  '/search/jobs',
  '/search/grouped-jobs',
  '/stats/project',
  '/orchestration-rerun-plan/{id}',
  '/jobs/{id}/kill',
  '/jobs/{id}',
  '/jobs',
  '/actions',
];
