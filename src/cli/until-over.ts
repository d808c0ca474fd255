import { setTimeout as sleep } from 'node:timers/promises';
import { ServerEndedError } from '../dev/running-server.js';
import { EXIT } from './exit/exit-codes.js';
import { untilStopped } from './until-stopped.js';

/** What a command has started, and cannot do without. */
export interface Started {
  /** Resolves with a sentence when Temporal has ended. */
  temporalEnded: Promise<string>;
  worker?: { ended: Promise<void> };
}

/**
 * Resolves as `untilStopped`, also where a signal that we do not listen to has ended the worker.
 *
 * @throws ServerEndedError if Temporal ends before that; what the worker fails with.
 */
export function untilOver({ temporalEnded, worker }: Started): Promise<number> {
  const serverEnds = temporalEnded.then((how): never => {
    throw new ServerEndedError(`Temporal has stopped: its server ${how}.`);
  });
  const over = Promise.race([
    untilStopped(),
    serverEnds,
    ...(worker ? [worker.ended.then(() => EXIT.terminated)] : []),
  ]);
  // Whoever waits sees a fault. What ends while the command stops by itself is none.
  for (const one of [serverEnds, over]) one.catch(() => undefined);
  return over;
}

/** A call fails as soon as a server is killed; its process is seen to have ended a little later. */
const CAUSE_MS_MAX = 1_000;

/**
 * Does work until it is over with what the command has started. What fails because of that end is told by its cause.
 *
 * @param over as `untilOver` has it.
 * @throws what `over` or the work throws.
 */
export async function whileItLasts<T>(work: Promise<T>, over: Promise<number>): Promise<T | number> {
  const blamed = work.catch(async (error: unknown) => {
    await Promise.race([over, sleep(CAUSE_MS_MAX)]);
    throw error;
  });
  return await Promise.race([blamed, over]);
}
