import { Client, type buildConnector } from 'undici';

interface OwnConnectionOptions {
  connect: buildConnector.connector;
  maxResponseSize: number;
  /** Gives up, also where undici would wait for the connection first. */
  signal: AbortSignal;
}

/**
 * A connection for one request that changes something. One that was kept may be closed by the other side in the very
 * instant in which the request goes out on it, as load balancers do after a minute of rest, and then nobody can tell
 * whether it has arrived. And as long as this one has not stood, no byte of the request was sent, whatever went wrong.
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
    // The signal of a time limit lives until then, and would keep all of this.
    this.#signal.removeEventListener('abort', this.#onAbort);
    await this.client.destroy();
  }
}
