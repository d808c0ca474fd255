/**
 * What is compared. A row has either the name of a workflow of `programs/plain-workflows.js`, or `ours`: settings of the
 * product's connection beyond those that all rows of ours have. One that `isWatched` needs something else under way, and a
 * server that lists workflows.
 *
 * @typedef {{ key: string, name: string, workflow?: string, ours?: object, isWatched?: boolean }} Row
 */

/** @type {readonly Row[]} In the order of the tables. */
export const ROWS = [
  { key: 'create', name: 'create only', workflow: 'createOnly' },
  { key: 'one-timer', name: 'one timer, the end known', workflow: 'oneTimer' },
  { key: 'plain', name: 'plain loop', workflow: 'plainLoop' },
  { key: 'plain-local', name: 'plain loop, local activities', workflow: 'plainLoopLocal' },
  { key: 'retry', name: 'activity retry', workflow: 'activityRetry' },
  { key: 'timer', name: 'ours by timer', ours: { watch: false } },
  { key: 'watched', name: 'ours watched', ours: { watch: true }, isWatched: true },
];
