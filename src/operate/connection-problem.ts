/** A connection is refused, and the worker was told not to start without it. */
export class ConnectionRefused extends Error {
  override readonly name = 'ConnectionRefused';
}

/** Nobody answers at the address of a connection, and the worker was told not to start without it. */
export class ConnectionUnreachable extends Error {
  override readonly name = 'ConnectionUnreachable';
}
