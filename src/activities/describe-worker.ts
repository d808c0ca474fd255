import { getClient } from '@temporalio/activity';
import type { ConnectionReport, DescribeWorkerInput, WorkerDescription } from '../job/questions.js';
import { reportOf } from '../keboola/connection/connection-report.js';
import type { Keboola } from '../keboola/keboola.js';
import type { ActivityDeps } from './deps.js';
import { within } from './within.js';
import { watchText } from './watch/watch-text.js';

const CONNECTIONS_MAX = 50;
/** Short, because a person waits for the answer. */
const LOOK_MS_MAX = 10_000;

/** Describes what this worker serves, by checking each of its connections. @throws UnknownConnection. */
export async function describeWorker(
  deps: ActivityDeps,
  { connection }: DescribeWorkerInput,
): Promise<WorkerDescription> {
  const { connections } = deps;
  const wanted = connection === undefined ? connections.all() : [connections.get(connection)];
  const looked = wanted.slice(0, CONNECTIONS_MAX);
  const connectionsLeft = wanted.length - looked.length;
  return {
    // The identity under which Temporal lists this worker as a poller: several workers may share these activities.
    identity: getClient().options.identity,
    connections: await Promise.all(looked.map((keboola) => withWatch(deps, keboola))),
    ...(connectionsLeft > 0 && { connectionsLeft }),
  };
}

async function withWatch(deps: ActivityDeps, keboola: Keboola): Promise<ConnectionReport> {
  const report = await lookInTime(keboola);
  if (!report.project || !keboola.connection.isWatched) return report;
  const { name, stack } = keboola.connection;
  return { ...report, watch: await watchText(deps, { connection: name, stack, project: report.project.id }) };
}

async function lookInTime(keboola: Keboola): Promise<ConnectionReport> {
  const { name, origins } = keboola.connection;
  const url = origins.base.origin;
  const problem = `${url} has not answered within ${LOOK_MS_MAX / 1_000} s`;
  try {
    return await within(LOOK_MS_MAX, problem, reportOf(keboola));
  } catch {
    return { name, url, problem, unreachable: true };
  }
}
