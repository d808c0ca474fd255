/** What of Queue v2 is asked, and of the services beside it; sources are beside the calls. */
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
