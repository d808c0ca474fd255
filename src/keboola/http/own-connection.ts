import { Client, type buildConnector } from 'undici';

interface OwnConnectionOptions {
  connect: buildConnector.connector;
  maxResponseSize: number;
  /** Ends the request, even while undici would still wait for the connection. */
  signal: AbortSignal;
}

/**
 * A new connection for a single request that changes something. The other side may close a keep-alive connection in the
 * very instant in which we send on it, as load balancers do after a minute of silence; then nobody can tell whether the
 * request arrived. And if a new connection was never established, it is certain that no byte was sent, whatever failed.
 */
export class OwnConnection {
  readonly client: Client;
  readonly #signal: AbortSignal;
  readonly #onAbort = (): void => void this.client.destroy();
  #hasStood = false;

  constructor(origin: string, { connect, maxResponseSize, signal }: OwnConnectionOptions) {
    this.client = new Client(origin, {
      maxResponseSize,
      connect: (options, callback) =>
        connect(options, (...[error, socket]: Parameters<buildConnector.Callback>) => {
          if (error) {
            callback(error, null);
            return;
          }
          this.#hasStood = true;
          callback(null, socket);
        }),
    });
    this.#signal = signal;
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  get hasStood(): boolean {
    return this.#hasStood;
  }

  async close(): Promise<void> {
    // The timeout's signal lives until the timeout and would keep all of this in memory.
    this.#signal.removeEventListener('abort', this.#onAbort);
    await this.client.destroy();
  }
}
