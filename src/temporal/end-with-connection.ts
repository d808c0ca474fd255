import { InterceptingCall, status, type Interceptor } from '@grpc/grpc-js';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

type Call = ConstructorParameters<typeof InterceptingCall>[0];

/** What gRPC says of a closed channel; it has no code for that. */
const SHUT_DOWN = 'Channel has been shut down';

/** A call that is never made: as soon as it starts, it ends with this status. */
export function endedCall(code: status, details: string): Call {
  return {
    start(metadata, listener) {
      setImmediate(() => {
        // The SDK expects a message, even an empty one, before any status.
        listener?.onReceiveMessage?.(null);
        listener?.onReceiveStatus?.({ code, details, metadata });
      });
    },
    sendMessage: () => undefined,
    sendMessageWithContext: () => undefined,
    startRead: () => undefined,
    halfClose: () => undefined,
    cancelWithStatus: () => undefined,
    getPeer: () => 'unknown',
    getAuthContext: () => null,
  };
}

/**
 * Interceptors for `Connection.connect`: the SDK's own, which retry, and below them one that ends a call of a closed
 * connection. Without it, a call that waits for its next retry when somebody closes the connection, or that breaks
 * afterwards, throws `Channel has been shut down` from a timer, which nobody can catch: Node.js ends the process.
 */
export const endWithConnection: Interceptor[] = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), endIfClosed];

function endIfClosed(...[options, nextCall]: Parameters<Interceptor>): InterceptingCall {
  try {
    return new InterceptingCall(nextCall(options));
  } catch (error) {
    if (!(error instanceof Error && error.message === SHUT_DOWN)) throw error;
    return new InterceptingCall(endedCall(status.CANCELLED, 'the connection to Temporal is closed'));
  }
}
