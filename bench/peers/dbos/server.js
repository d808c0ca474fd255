import { findPostgres, startPostgres } from '../run/postgres.js';

export { findPostgres as findTools };

/** DBOS itself is in the worker; its database is made by it. */
export async function startServers({ processes, folder }) {
  const { pid, port, user, version } = await startPostgres(processes, folder);
  return { pids: [pid], version, order: { databaseUrl: `postgresql://${user}@127.0.0.1:${port}/bench` } };
}
