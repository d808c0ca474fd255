import { isGrpcServiceError } from '@temporalio/client';

/** The codes of gRPC that mean something to us (grpc.io/docs/guides/status-codes). */
export const GRPC = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  unavailable: 14,
  unauthenticated: 16,
} as const;

export interface GrpcCause {
  code: number;
  /** The server's own words; the worker's native half leaves them empty and puts them into the message. */
  details: string;
  message: string;
}

/** What the server answered: the error itself, or the cause of the SDK's own error. */
export function grpcCause(error: unknown): GrpcCause | undefined {
  const cause = isGrpcServiceError(error) ? error : (error as { cause?: unknown } | null | undefined)?.cause;
  return isGrpcServiceError(cause) ? cause : undefined;
}
