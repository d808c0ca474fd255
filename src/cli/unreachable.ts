import { isGrpcServiceError } from '@temporalio/client';

const GRPC_UNAVAILABLE = 14;
const GRPC_DEADLINE_EXCEEDED = 4;

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
  if (error instanceof TemporalUnreachable) return true;
  const cause = isGrpcServiceError(error) ? error : (error as { cause?: unknown } | null)?.cause;
  return isGrpcServiceError(cause) && [GRPC_UNAVAILABLE, GRPC_DEADLINE_EXCEEDED].includes(cause.code);
}
