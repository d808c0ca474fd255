import { NoWorkerError } from '../client/errors.js';
import { shellQuoted } from '../job/text/shell-quoted.js';
import { GRPC, grpcCause } from '../temporal/grpc-cause.js';
import type { Obstacle } from '../temporal/obstacle.js';
import { ConnectionUnreachable } from './connection-problem.js';
import { lookForIt, obstacleText, type Reached } from './obstacle-text.js';
import { asSentence } from '../job/text/as-sentence.js';

const SILENCE: readonly (number | undefined)[] = [GRPC.unavailable, GRPC.deadlineExceeded];

/** Temporal could not be reached. If the obstacle is unknown, the words of the SDK have to do. */
export class TemporalUnreachable extends Error {
  override readonly name = 'TemporalUnreachable';

  constructor(reached: Reached, cause: unknown, obstacle?: Obstacle) {
    const words = cause instanceof Error ? cause.message : String(cause);
    const { reason, advice } = obstacle
      ? obstacleText(obstacle, reached)
      : { reason: words, advice: lookForIt(reached) };
    super(`Cannot reach Temporal at ${reached.address}: ${asSentence(reason)} ${advice}`, { cause });
  }
}

/**
 * What Temporal answers to any question about one workflow while its database takes no more: its own words for a failed
 * write (`ErrShardStatusUnknown`), or those of SQLite, of the system, which PostgreSQL passes on, or of MySQL.
 */
const NOT_WRITTEN = /shard status unknown|database or disk is full|no space left on device|the table '[^']*' is full/i;

/** Temporal's own words if it cannot write to its database; undefined for any other error. */
export function notWrittenWords(error: unknown): string | undefined {
  const { details, message = '' } = grpcCause(error) ?? {};
  const words = details || message;
  return NOT_WRITTEN.test(words) ? words : undefined;
}

/** Temporal tells its clients no more than that: the reason is in the log of the server. */
const MOSTLY_FULL = 'mostly because its disk is full; the log of the server says why. Make room on that disk.';

/** Temporal answers, but cannot write to its database. */
export class TemporalCannotWrite extends Error {
  override readonly name = 'TemporalCannotWrite';

  constructor(address: string, words: string) {
    super(
      `Temporal at ${address} answers, and cannot write into its database (${words}), ${MOSTLY_FULL} What runs in Keboola ` +
        'goes on there meanwhile, and workflows go on by themselves as soon as it can write again.',
    );
  }
}

/** Temporal went away, or can no longer write, while something was followed. */
export class TemporalLost extends Error {
  override readonly name = 'TemporalLost';

  constructor(
    readonly workflowId: string,
    cause: unknown,
  ) {
    const words = notWrittenWords(cause);
    const [what, when] =
      words === undefined
        ? ['Temporal does not answer any more.', 'Temporal is back (a server of `keboola-temporal dev` forgets it)']
        : [`Temporal cannot write into its database (${words}), ${MOSTLY_FULL}`, 'it can write again'];
    super(
      `${what} What runs in Keboola goes on there; its workflow goes on, with a stop if one was asked for, as soon as ${when}. ` +
        `Come back then with: keboola-temporal follow ${shellQuoted(workflowId)}`,
      { cause },
    );
  }
}

const OURS = [TemporalUnreachable, TemporalCannotWrite, TemporalLost, NoWorkerError, ConnectionUnreachable];

export function isUnreachable(error: unknown): boolean {
  if (OURS.some((type) => error instanceof type)) return true;
  return SILENCE.includes(grpcCause(error)?.code);
}
