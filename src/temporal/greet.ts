import { connect, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Place } from './address.js';

/** The outcome of saying hello; `secured` tells whether the TLS handshake was complete by then. */
export type Greeting = { secured: boolean } & (
  | { kind: 'answered'; bytes: Buffer }
  | { kind: 'hung-up' }
  | { kind: 'silent' }
  | { kind: 'failed'; error: GreetingError }
);

export interface GreetingError extends NodeJS.ErrnoException {
  /** What Node adds if a certificate is for another name. */
  cert?: { subjectaltname?: string };
}

const SILENCE_MS = 3_000;
/** The beginning of every HTTP/2 connection: the preface, and an empty frame of settings (RFC 9113, 3.4). */
const HELLO = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);

/** Where to say hello, and a signal for when nobody needs the answer any more. */
export interface Door extends Place {
  signal?: AbortSignal | undefined;
}

/** Says hello as gRPC does and waits for the first bytes that come back, for three seconds at most. */
export async function greet(place: Door, open: (place: Door) => Socket = connect): Promise<Greeting> {
  return await new Promise((resolve) => {
    // A signal of its own: many looks would leave as many listeners at the one that they share.
    const signal = place.signal && AbortSignal.any([place.signal]);
    const socket = open({ ...place, signal });
    let secured = false;
    const settle = (outcome: Unsecured): void => {
      socket.destroy();
      resolve({ ...outcome, secured });
    };
    socket.setTimeout(SILENCE_MS, () => settle({ kind: 'silent' }));
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      secured = socket instanceof TLSSocket;
      socket.write(HELLO);
    });
    socket.once('data', (bytes: Buffer) => settle({ kind: 'answered', bytes }));
    socket.once('close', () => settle({ kind: 'hung-up' }));
    socket.on('error', (error: GreetingError) => settle({ kind: 'failed', error: firstOf(error) }));
  });
}

type Unsecured = Greeting extends infer One ? (One extends Greeting ? Omit<One, 'secured'> : never) : never;

/** If a name has several addresses, all of their errors come at once. */
function firstOf(error: GreetingError): GreetingError {
  return error instanceof AggregateError ? ((error.errors[0] as GreetingError | undefined) ?? error) : error;
}
