import type { Dialect } from '../connection/dialect.js';
import type { Connection } from '../connection/connection.js';
import type { BudgetedHttp } from '../http/budgeted-http.js';
import type { ComponentCatalog } from '../project/component-catalog.js';
import type { Services } from '../project/discover.js';
import type { ActionApi } from './action-api.js';
import type { JobApi } from './job-api.js';

/** The ports of one project, whatever its dialect. */
export interface Adapters {
  dialect: Dialect;
  jobs: JobApi;
  actions: ActionApi;
}

/** What the adapters of every dialect need. */
export interface AdapterDeps {
  http: BudgetedHttp;
  connection: Connection;
  components: ComponentCatalog;
  services: Services;
}
