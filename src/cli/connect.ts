import { Connection } from '@temporalio/client';
import { isLoopback } from '../keboola/origins.js';
import type { TemporalSettings } from '../temporal/profile.js';
import { findObstacle } from '../temporal/obstacle.js';
import { inOurWords } from './temporal-refusal.js';
import { TemporalUnreachable } from './unreachable.js';

const CONNECT_TIMEOUT_MS = 5_000;

/** An open connection for a client. @throws TemporalUnreachable, TemporalRefused. */
export async function connect(settings: TemporalSettings): Promise<Connection> {
  const connection = Connection.lazy({
    ...settings.connectionOptions,
    channelArgs: directlyToThisMachine(settings.address),
    connectTimeout: CONNECT_TIMEOUT_MS,
  });
  try {
    await connection.ensureConnected();
    return connection;
  } catch (error) {
    await connection.close();
    const known = inOurWords(error, settings);
    throw known === error ? await unreachable(settings, error) : known;
  }
}

/** Why the worker's connection, which has words of its own, has failed: in the words that the client has for it. */
export async function whyUnreachable(settings: TemporalSettings, error: unknown): Promise<unknown> {
  const obstacle = await findObstacle(targetOf(settings));
  if (obstacle) return new TemporalUnreachable(settings.address, error, obstacle);
  try {
    const connection = await connect(settings);
    await connection.close();
  } catch (problem) {
    return problem;
  }
  return new TemporalUnreachable(settings.address, error);
}

async function unreachable(settings: TemporalSettings, error: unknown): Promise<TemporalUnreachable> {
  return new TemporalUnreachable(settings.address, error, await findObstacle(targetOf(settings)));
}

function targetOf({ address, connectionOptions }: TemporalSettings): Parameters<typeof findObstacle>[0] {
  return { address, tls: connectionOptions.tls };
}

/** The SDK would ask the proxy of `HTTPS_PROXY` for a server on this machine, unless `NO_PROXY` happens to name it. */
function directlyToThisMachine(address: string): Record<string, number> {
  const host = URL.parse(`http://${address}`)?.hostname ?? '';
  return isLoopback(host) ? { 'grpc.enable_http_proxy': 0 } : {};
}
