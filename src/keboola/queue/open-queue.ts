import type { AdapterDeps, Adapters } from '../jobs/adapters.js';
import { QueueActionApi } from './queue-action-api.js';
import { QueueHttp } from './queue-http.js';
import { QueueJobApi } from './queue-job-api.js';

/** Queue v2, Keboola's current job API, behind the ports. */
export function openQueue({ http, connection, services }: AdapterDeps): Adapters {
  const queue = new QueueHttp(http, services.jobs, () => connection.token());
  return {
    dialect: 'queue',
    jobs: new QueueJobApi(queue, http, connection),
    actions: new QueueActionApi(queue, http, services, () => connection.token()),
  };
}
