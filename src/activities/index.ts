/** Entry point `keboola-temporal/activities`: for workers that run Keboola jobs besides activities of their own. */
export type { KeboolaActivities } from '../job/activities.js';
export { createActivities } from './create-activities.js';
export type { ActivityDeps } from './deps.js';
export { Connections } from '../keboola/connections.js';
export type { ConnectionSettings } from '../keboola/connection/connection.js';
