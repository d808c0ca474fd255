import { NoWorkerError } from '../client/errors.js';
import { shellQuoted } from '../job/text/shell-quoted.js';
import { GRPC, grpcCause } from '../temporal/grpc-cause.js';
import type { Obstacle } from '../temporal/obstacle.js';
import { ConnectionUnreachable } from './connection-problem.js';
import { lookForIt, obstacleText, type Reached } from './obstacle-text.js';

const SILENCE: readonly (number | undefined)[] = [GRPC.unavailable, GRPC.deadlineExceeded];

/** Temporal could not be reached; without a known obstacle the words of the SDK have to do. */
export class TemporalUnreachable extends Error {
  override readonly name = 'TemporalUnreachable';

  constructor(reached: Reached, cause: unknown, obstacle?: Obstacle) {
    const words = cause instanceof Error ? cause.message : String(cause);
    const { reason, advice } = obstacle
      ? obstacleText(obstacle, reached)
      : { reason: words, advice: lookForIt(reached) };
    super(`Cannot reach Temporal at ${reached.address}: ${reason}. ${advice}`, { cause });
  }
}

/** Temporal went away while something was followed. */
export class TemporalLost extends Error {
  override readonly name = 'TemporalLost';

  constructor(
    readonly workflowId: string,
    cause: unknown,
  ) {
    super(
      'Temporal does not answer any more. What runs in Keboola goes on there; its workflow goes on, with a stop if one was ' +
        'asked for, as soon as Temporal is back (a server of `keboola-temporal dev` forgets it). ' +
        `Come back then with: keboola-temporal follow ${shellQuoted(workflowId)}`,
      { cause },
    );
  }
}

const OURS = [TemporalUnreachable, TemporalLost, NoWorkerError, ConnectionUnreachable];

export function isUnreachable(error: unknown): boolean {
  if (OURS.some((type) => error instanceof type)) return true;
  return SILENCE.includes(grpcCause(error)?.code);
}
