import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import { directly } from './directly.js';
import './quiet-sdk.js';
import { required } from './required.js';

/** A test file's access to the dev server that the whole run shares. */
export interface SharedDevServer {
  address: string;
  client: Client;
  /** For workers. */
  nativeConnection: NativeConnection;
  /** A name that no other test uses: task queues, workflow ids. */
  unique(prefix: string): string;
  close(): Promise<void>;
}

/**
 * Connects to the run's dev server: real time, timers from 20 ms, visibility, schedules, our search attributes.
 *
 * @throws Error with the ways out when there is no dev server.
 */
export async function connectToDevServer(): Promise<SharedDevServer> {
  const { address } = required(inject('devServer'));
  const [connection, nativeConnection] = await Promise.all([
    Connection.connect({ address, channelArgs: directly }),
    NativeConnection.connect({ address }),
  ]);
  return {
    address,
    client: new Client({ connection }),
    nativeConnection,
    unique: (prefix) => `${prefix}-${randomUUID()}`,
    async close() {
      await Promise.all([connection.close(), nativeConnection.close()]);
    },
  };
}
