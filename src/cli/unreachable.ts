import { NoWorkerError } from '../client/errors.js';
import { placeKind } from '../temporal/address.js';
import { GRPC, grpcCause } from '../temporal/grpc-cause.js';
import type { Obstacle } from '../temporal/obstacle.js';
import { lookForIt, obstacleText } from './obstacle-text.js';

const SILENCE: readonly (number | undefined)[] = [GRPC.unavailable, GRPC.deadlineExceeded];

/** Temporal could not be reached; without a known obstacle the words of the SDK have to do. */
export class TemporalUnreachable extends Error {
  override readonly name = 'TemporalUnreachable';

  constructor(address: string, cause: unknown, obstacle?: Obstacle) {
    const words = cause instanceof Error ? cause.message : String(cause);
    const { reason, advice } = obstacle
      ? obstacleText(obstacle, address)
      : { reason: words, advice: lookForIt(placeKind(address)) };
    super(`Cannot reach Temporal at ${address}: ${reason}. ${advice}`, { cause });
  }
}

export function isUnreachable(error: unknown): boolean {
  if (error instanceof TemporalUnreachable || error instanceof NoWorkerError) return true;
  return SILENCE.includes(grpcCause(error)?.code);
}
