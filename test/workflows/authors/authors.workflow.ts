// What the worker of an author registers: ours, and those of each file here.
export * from '../../../src/workflows/index.js';
export { asksWhoStoppedIt } from './asks-who-stopped-it.workflow.js';
export { endsAsIfCancelled, endsWith, goesOnAs } from './goes-on-as-a-job.workflow.js';
export { alwaysLeaves, staysAfterAll } from './stays.workflow.js';
export { writesUnknownAttribute } from './writes-unknown-attribute.workflow.js';
