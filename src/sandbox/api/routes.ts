import type { Answer } from '../answer/answer.js';
import type { Call } from './call.js';
import { runAction } from './syrup/action.js';
import { runDocker, runNative, runNothing } from './syrup/create.js';
import type { Route } from './route.js';
import { SyrupProblem } from '../answer/problem.js';
import { kill, listJobsOf, readJob } from './syrup/queue.js';
import { resolveConfiguration } from './syrup/resolve.js';
import { showDailyStats, showStats } from './syrup/stats.js';
import { notificationRoutes } from './notification/notification-routes.js';
import { queueRoutes } from './queue/queue-routes.js';
import { storageRoutes } from './storage/storage-routes.js';
import { listComponents, listRows, showComponent, showIndex, takeTicket, verifyToken } from './storage/stack.js';

const ROWS = 'components/:component/configs/:config/rows';

const run = (call: Call): Answer => runDocker(call, 'run');
const debug = (call: Call): Answer => runDocker(call, 'debug');

/** All routes of both generations of Keboola; anything else is `routeNotFound`. */
export const routes: readonly Route[] = [
  { method: 'POST', url: '/:app/run', name: 'create', handler: runNative },
  { method: 'POST', url: '/docker/run', name: 'create', handler: runNothing },
  { method: 'POST', url: '/docker/:component/run', name: 'create', handler: run },
  { method: 'POST', url: '/docker/:component/run/tag/:tag', name: 'create', handler: run },
  { method: 'POST', url: '/docker/:component/debug', name: 'create', handler: debug },
  { method: 'POST', url: '/docker/branch/:branch/:component/run', name: 'create', handler: run },
  { method: 'POST', url: '/docker/branch/:branch/:component/run/tag/:tag', name: 'create', handler: run },
  { method: 'POST', url: '/docker/branch/:branch/:component/debug', name: 'create', handler: debug },

  { method: 'POST', url: '/docker/:component/action/:action', name: 'action', handler: runAction },
  { method: 'POST', url: '/docker/branch/:branch/:component/action/:action', name: 'action', handler: runAction },

  { method: 'GET', url: '/queue/job/:id', name: 'read', handler: readJob },
  { method: 'GET', url: '/queue/jobs/:id', name: 'read', handler: readJob },
  { method: 'GET', url: '/queue/jobs', name: 'list', handler: listJobsOf },
  { method: 'POST', url: '/queue/jobs/:id/kill', name: 'kill', handler: kill },

  { method: 'GET', url: '/v2/storage', name: 'index', handler: showIndex },
  { method: 'GET', url: '/v2/storage/components', name: 'components', handler: listComponents },
  { method: 'GET', url: '/v2/storage/branch/:branch/components', name: 'components', handler: listComponents },
  { method: 'GET', url: '/v2/storage/components/:component', name: 'component', handler: showComponent },
  { method: 'GET', url: `/v2/storage/${ROWS}`, name: 'configurationRows', handler: listRows },
  { method: 'GET', url: `/v2/storage/branch/:branch/${ROWS}`, name: 'configurationRows', handler: listRows },
  { method: 'GET', url: '/v2/storage/tokens/verify', name: 'verify', handler: verifyToken },
  { method: 'POST', url: '/v2/storage/tickets', name: 'tickets', handler: takeTicket },

  { method: 'GET', url: '/docker/stats/project', name: 'stats', handler: showStats },
  { method: 'GET', url: '/docker/stats/project/daily', name: 'stats', handler: showDailyStats },
  { method: 'POST', url: '/docker/configuration/resolve', name: 'resolve', handler: resolveConfiguration },
  {
    method: 'POST',
    url: '/docker/branch/:branch/configuration/resolve',
    name: 'resolve',
    handler: resolveConfiguration,
  },

  ...queueRoutes,
  ...notificationRoutes,
  ...storageRoutes,

  { method: 'OPTIONS', url: '*', name: 'options', handler: () => ({ status: 200, headers: PREFLIGHT }) },
];

/** Also for a wrong verb on a known path: a catch-all route keeps Syrup from answering 405. */
export function routeNotFound(): never {
  throw new SyrupProblem(404, 'Route not found');
}

/** keboola/syrup Controller/ApiController.php, optionsAction */
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS',
  'access-control-allow-headers':
    'content-type, x-requested-with, x-requested-by, x-storageapi-url, x-storageapi-token, x-kbc-runid, x-user-agent',
  'access-control-max-age': '86400',
};
