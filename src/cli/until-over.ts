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
