import type { Route } from '../route.js';
import { createJob } from './create-job.js';
import { listGroupedJobs } from './grouped-jobs.js';
import { killJob } from './kill-job.js';
import { lineageOf } from './lineage.js';
import { listPrimaryJobs, searchJobs } from './list-jobs.js';
import { readJob } from './read-job.js';
import { listConfigurationsJobs, listLatestJobs } from './recent-jobs.js';
import { showRerunPlan } from './rerun-plan.js';
import { showStats } from './stats.js';
import { listActions, runAction } from './sync-actions.js';

/** The routes of Queue v2 and of synchronous actions. A name shared with Syrup's routes means the same call. */
export const queueRoutes: readonly Route[] = [
  { method: 'POST', url: '/jobs', name: 'create', handler: createJob },
  { method: 'GET', url: '/jobs/:id', name: 'read', handler: readJob },
  { method: 'POST', url: '/jobs/:id/kill', name: 'kill', handler: killJob },
  { method: 'GET', url: '/search/jobs', name: 'list', handler: searchJobs },
  { method: 'GET', url: '/search/grouped-jobs', name: 'groupedList', handler: listGroupedJobs },
  { method: 'GET', url: '/jobs', name: 'primaryList', handler: listPrimaryJobs },
  { method: 'GET', url: '/configurations-jobs', name: 'recentList', handler: listConfigurationsJobs },
  { method: 'GET', url: '/latest-configurations-jobs', name: 'recentList', handler: listLatestJobs },
  { method: 'GET', url: '/orchestration-rerun-plan/:id', name: 'rerunPlan', handler: showRerunPlan },
  { method: 'GET', url: '/stats/project', name: 'stats', handler: showStats },
  { method: 'GET', url: '/jobs/:id/open-api-lineage', name: 'lineage', handler: (call) => lineageOf(call, 'jobs') },
  { method: 'GET', url: '/job/:id/open-api-lineage', name: 'lineage', handler: (call) => lineageOf(call, 'job') },

  { method: 'GET', url: '/actions', name: 'actions', handler: listActions },
  { method: 'POST', url: '/actions', name: 'action', handler: runAction },
];
