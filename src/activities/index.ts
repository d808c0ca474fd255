/** Entry point `keboola-temporal/activities`: for workers that run Keboola jobs beside activities of their own. */
export { createActivities, type KeboolaActivities } from './create-activities.js';
export type { ActivityDeps } from './deps.js';
export { Connections } from '../keboola/connections.js';
export type { ConnectionSettings } from '../keboola/connection/connection.js';
