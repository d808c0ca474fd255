import type { RoomAnswer } from '../../job/create/creation.js';
import type { ActivityDeps } from '../deps.js';
import { toNoAnswer } from '../failures.js';

/** For which creation a place is wanted. */
export interface RoomOrder {
  connection: string;
  /** The run id of the creation; the place is kept under it for a while. */
  runId: string;
  parentRunId?: string;
}

/** Asks whether the project may run one more job, and keeps a place for it. An activity of its own, because the answer
 * may be "no" for days and a creating activity carries the whole configuration in its input. */
export async function findRoom(deps: ActivityDeps, { connection, runId, parentRunId }: RoomOrder): Promise<RoomAnswer> {
  try {
    return await deps.connections.get(connection).parallelLimit.reserve(runId, parentRunId);
  } catch (error) {
    return toNoAnswer(error);
  }
}
