import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import { startDevServer } from '../../src/dev/dev-server.js';
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
  return await connectTo(required(inject('devServer')).address);
}

/** A dev server of one's own that advises a run of so many events to go on in a new one; otherwise it takes hours to get there. */
export async function startShortWindedServer(eventsMax: number): Promise<SharedDevServer> {
  const { cli } = required(inject('devServer'));
  const server = await startDevServer({
    cli,
    headless: true,
    searchAttributes: {},
    dynamicConfig: {
      'limit.historyCount.suggestContinueAsNew': eventsMax,
      'history.timerProcessorMaxTimeShift': '20ms',
    },
  });
  const connected = await connectTo(server.address);
  return {
    ...connected,
    async close() {
      await connected.close();
      await server.stop();
    },
  };
}

async function connectTo(address: string): Promise<SharedDevServer> {
  const [connection, nativeConnection] = await Promise.all([
    Connection.connect({ address, ...directly }),
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
