import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { placeKind } from '../temporal/address.js';
import type { TemporalSettings } from '../temporal/profile.js';
import { endWithConnection } from '../temporal/end-with-connection.js';
import { findObstacle, mayPass, type Obstacle } from '../temporal/obstacle.js';
import { inOurWords } from './temporal-refusal.js';
import { TemporalUnreachable } from './unreachable.js';

const CONNECT_TIMEOUT_MS = 15_000;
/** The SDK goes on trying. From here on, look again and again whether it can succeed at all. */
const LOOK_EACH_MS = 500;
/** How long to wait for a server that is just starting. */
const ABSENCE_MS_MAX = 2_000;
/** How long to wait for a server that takes connections but says nothing, as on a busy machine. */
const SILENCE_MS_MAX = 10_000;

/** Opens a connection for a client. @throws TemporalUnreachable, TemporalRefused. */
export async function connect(settings: TemporalSettings): Promise<Connection> {
  const isHere = placeKind(settings.address) === 'this-machine';
  const connection = Connection.lazy({
    ...settings.connectionOptions,
    // The SDK would ask the proxy of `HTTPS_PROXY` for a server on this machine, unless `NO_PROXY` happens to name it.
    channelArgs: isHere ? { 'grpc.enable_http_proxy': 0 } : {},
    connectTimeout: CONNECT_TIMEOUT_MS,
    interceptors: endWithConnection,
  });
  const looks = new AbortController();
  try {
    const trying = connection.ensureConnected();
    // Elsewhere, a proxy may know a way that our look does not.
    const tried = isHere ? Promise.race([trying, hopeless(settings, looks.signal)]) : trying;
    await tried.finally(() => looks.abort());
    return connection;
  } catch (error) {
    await connection.close();
    if (error instanceof TemporalUnreachable) throw error;
    const known = inOurWords(error, settings);
    throw known === error ? await unreachable(settings, error) : known;
  }
}

/** Rejects as soon as a look finds a mistake between us and Temporal, or if nobody has answered for a while. */
async function hopeless(settings: TemporalSettings, signal: AbortSignal): Promise<never> {
  let heardMs = performance.now();
  for (;;) {
    await sleep(LOOK_EACH_MS, undefined, { signal });
    const obstacle = await findObstacle({ ...targetOf(settings), signal });
    if (!obstacle) {
      heardMs = performance.now();
    } else if (!mayPass(obstacle) || performance.now() - heardMs >= patienceMs(obstacle)) {
      throw new TemporalUnreachable(settings, undefined, obstacle);
    }
  }
}

function patienceMs({ kind }: Obstacle): number {
  return kind === 'no-answer' ? SILENCE_MS_MAX : ABSENCE_MS_MAX;
}

/** Why the worker's connection has failed. It has messages of its own; this says it in the client's words. */
export async function whyUnreachable(settings: TemporalSettings, error: unknown): Promise<unknown> {
  const obstacle = await findObstacle(targetOf(settings));
  if (obstacle) return new TemporalUnreachable(settings, error, obstacle);
  try {
    const connection = await connect(settings);
    await connection.close();
  } catch (problem) {
    return problem;
  }
  return new TemporalUnreachable(settings, error);
}

async function unreachable(settings: TemporalSettings, error: unknown): Promise<TemporalUnreachable> {
  return new TemporalUnreachable(settings, error, await findObstacle(targetOf(settings)));
}

function targetOf({ address, connectionOptions }: TemporalSettings): Parameters<typeof findObstacle>[0] {
  return { address, tls: connectionOptions.tls };
}
