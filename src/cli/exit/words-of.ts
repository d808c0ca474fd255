import { grpcCause } from '../../temporal/grpc-cause.js';

/** The SDK says what it did ("Failed to list workflows"); only the server says what is wrong. */
export function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const { details = '' } = grpcCause(error) ?? {};
  return message.includes(details) ? message : `${message}: ${details}`;
}
