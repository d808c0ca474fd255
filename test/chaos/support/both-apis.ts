import type { Environment } from '../../support/processes.js';

/** The APIs of Keboola by their names, and what makes a worker of the sandbox speak one. */
export const BOTH_APIS: [string, Environment][] = [
  ['Syrup', {}],
  ['Queue v2', { KBC_TOKEN: '5555-1-queue' }],
];
