import { NoWorkerError } from '../client/errors.js';
import { GRPC, grpcCause } from '../temporal/grpc-cause.js';

const SILENCE: readonly (number | undefined)[] = [GRPC.unavailable, GRPC.deadlineExceeded];

/** Temporal could not be reached. */
export class TemporalUnreachable extends Error {
  override readonly name = 'TemporalUnreachable';

  constructor(address: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Cannot reach Temporal at ${address} (${reason}). ` +
        'Start everything on this machine with `keboola-temporal dev`, or set TEMPORAL_ADDRESS.',
      { cause },
    );
  }
}

export function isUnreachable(error: unknown): boolean {
  if (error instanceof TemporalUnreachable || error instanceof NoWorkerError) return true;
  return SILENCE.includes(grpcCause(error)?.code);
}
