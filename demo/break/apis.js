import { DIALECT_NAMES } from '../../dist/keboola/connection/dialect.js';

/** Both job APIs of Keboola: a project of the sandbox for each, and the connection by which every worker knows it. */
export const APIS = [
  { name: DIALECT_NAMES.syrup, connection: 'default', token: '1134-53044-sandbox', tokenEnv: 'DEFAULT_TOKEN' },
  { name: DIALECT_NAMES.queue, connection: 'queue', token: '5555-1-queue', tokenEnv: 'QUEUE_TOKEN' },
];
