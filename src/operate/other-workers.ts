import { Client } from '@temporalio/client';
import { KeboolaClient } from '../client.js';
import { connectionConflicts, type ConnectionConflict } from '../client/worker-conflicts.js';
import type { ConnectionReport, WorkerDescription } from '../job/questions.js';
import { encryptedDataConverter } from '../temporal/encryption/encrypted-data-converter.js';
import type { PayloadKeys } from '../temporal/encryption/payload-keys.js';
import type { TemporalSettings } from '../temporal/profile.js';
import { tellWorkerLog } from '../worker/tell.js';
import { connect } from './connect.js';

/** Where the workers are, and how questions to them are encrypted. */
interface Place {
  temporal: TemporalSettings;
  taskQueue: string;
  payloadKeys: PayloadKeys;
}

/** The worker that is starting. */
interface Own {
  /** How Temporal lists it among the pollers. */
  identity: string;
  looked: Promise<ConnectionReport[]>;
}

/** Nobody reads more lines than this. */
const LINES_MAX = 5;

const WHAT_TO_DO = 'Give one of the workers its own task queue (KEBOOLA_TASK_QUEUE), or stop one.';

/**
 * Warns in the log of a starting worker if another worker on its task queue knows a connection differently: each of
 * them takes up the jobs of both. Workers that do not answer are left out, and nothing is thrown.
 */
export async function tellOfOtherWorkers(
  { temporal, taskQueue, payloadKeys }: Place,
  { identity, looked }: Own,
): Promise<void> {
  try {
    const own = { identity, connections: await looked };
    const others = await hearOthers({ temporal, taskQueue, payloadKeys }, own);
    const conflicts = others.flatMap((other) =>
      connectionConflicts([own, other]).map((conflict) => ({
        line: conflictLine(taskQueue, own, other, conflict),
        facts: { taskQueue, connection: conflict.connection },
      })),
    );
    for (const { line, facts } of conflicts.slice(0, LINES_MAX)) tellWorkerLog('WARN', line, facts);
  } catch {
    // `doctor` says what is wrong there.
  }
}

async function hearOthers(
  { temporal, taskQueue, payloadKeys }: Place,
  own: WorkerDescription,
): Promise<WorkerDescription[]> {
  const connection = await connect(temporal);
  try {
    const dataConverter = encryptedDataConverter(payloadKeys);
    const client = new Client({ connection, namespace: temporal.namespace, dataConverter });
    const { workers } = await new KeboolaClient({ client, taskQueue }).describeWorkers({}, [own]);
    return workers.filter(({ identity }) => identity !== own.identity);
  } finally {
    await connection.close();
  }
}

function conflictLine(
  taskQueue: string,
  own: WorkerDescription,
  other: WorkerDescription,
  { connection, projects, lacking }: ConnectionConflict,
): string {
  const head = `Another worker of task queue "${taskQueue}" (${other.identity})`;
  const [ours = '', theirs = ''] = [own, other].map(
    ({ identity }) => projects.find(({ workers }) => workers.includes(identity))?.project,
  );
  if (projects.length > 1) {
    return `${head} serves connection "${connection}" as project ${theirs}, this one as ${ours}: a job may run in either. ${WHAT_TO_DO}`;
  }
  const knows = lacking.includes(own.identity)
    ? `serves connection "${connection}", which this one does not know`
    : `does not know connection "${connection}"`;
  return `${head} ${knows}: jobs there fail if the wrong worker picks them up. ${WHAT_TO_DO}`;
}
