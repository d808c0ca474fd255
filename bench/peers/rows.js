/**
 * What is compared. The programs of a row are in the folder that it names: `server.js` starts what keeps its state, if
 * anything does; `worker` is a program of its own, which is killed (without one `server.js` starts it); `caller.js` hands jobs
 * over and hears of their ends. `answersMsMax` is how long after a kill an answer may still come.
 *
 * @typedef {{ key: string, name: string, folder: string, worker?: string, isOnDemand?: boolean, answersMsMax?: number }} Row
 */

const OURS = { folder: 'ours', worker: '../cost/programs/worker.js' };

/** @type {readonly Row[]} In the order of the table. `worker` is relative to `bench/peers`. */
export const ROWS = [
  { key: 'node', name: 'bare Node loop', folder: 'bare', worker: 'bare/worker.js' },
  { key: 'asyncio', name: 'bare asyncio loop', folder: 'bare', worker: 'bare/worker.py' },
  { key: 'bullmq', name: 'BullMQ, Redis', folder: 'bullmq', worker: 'bullmq/worker.js' },
  { key: 'dbos', name: 'DBOS, PostgreSQL', folder: 'dbos', worker: 'dbos/worker.js' },
  { key: 'restate', name: 'Restate', folder: 'restate', worker: 'restate/worker.js' },
  { key: 'airflow', name: 'Airflow, PostgreSQL', folder: 'airflow', isOnDemand: true, answersMsMax: 600_000 },
  { key: 'timer', name: 'ours by timer', ...OURS, ours: { watch: false } },
  { key: 'watched', name: 'ours watched', ...OURS, ours: { watch: true }, isWatched: true },
];
