import { Client, Connection } from '@temporalio/client';
import { InternalConnectionOptionsSymbol, type InternalConnectionOptions } from '@temporalio/client/lib/connection.js';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import { startTestServer } from '../../src/dev/start-test-server.js';
import { directly } from './directly.js';
import './quiet-sdk.js';
import { required } from './required.js';

/** A Temporal server of one's own that leaps over the time in which nothing happens. */
export interface TimeSkippingServer {
  address: string;
  client: Client;
  /** For workers. */
  nativeConnection: NativeConnection;
  /** The server's present time in milliseconds since 1970. */
  now(): Promise<number>;
  /** Does something during which the clock does not leap. */
  withoutLeaps<T>(work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/**
 * Starts a time-skipping server (about a second) with time skipping unlocked for good: the clock leaps to the next timer
 * whenever no task is under way. The client is a plain one, because the SDK's own for this server unlocks the clock per
 * awaited result, which hangs when several are awaited.
 *
 * It is good for the timing of single jobs. It has no parent close policy, visibility, search attributes or schedules,
 * and cancellation followed by continue-as-new hangs: those belong on the dev server.
 *
 * @throws Error with the ways out when there is no test server.
 */
export async function startTimeSkippingServer(): Promise<TimeSkippingServer> {
  const server = await startTestServer(required(inject('testServer')));
  const { address } = server;
  const options: InternalConnectionOptions = {
    address,
    ...directly,
    [InternalConnectionOptionsSymbol]: { supportsTestService: true },
  };
  const [connection, nativeConnection] = await Promise.all([
    Connection.connect(options),
    NativeConnection.connect({ address }),
  ]);
  const { testService } = connection;
  if (testService === undefined) throw new Error('the SDK made no test service for this connection');
  await testService.unlockTimeSkipping({});
  return {
    address,
    client: new Client({ connection }),
    nativeConnection,
    async now() {
      const { time } = await testService.getCurrentTime({});
      return Number(time?.seconds ?? 0) * 1000 + Math.floor((time?.nanos ?? 0) / 1e6);
    },
    async withoutLeaps(work) {
      await testService.lockTimeSkipping({});
      try {
        return await work();
      } finally {
        await testService.unlockTimeSkipping({});
      }
    },
    async stop() {
      await Promise.all([connection.close(), nativeConnection.close()]);
      await server.stop();
    },
  };
}
