import type { ConnectionReport } from '../../job/questions.js';
import { AskAgain } from '../../worker/ask-again.js';
import type { ConnectionBoard } from './connection-board.js';

export type LookAt = (names: readonly string[]) => Promise<readonly ConnectionReport[]>;

/**
 * Looks once a minute at the connections that the look at the start has shown to be bad, until a connection is well or
 * a request of a job knows better.
 *
 * @param takeIn receives what the look has shown.
 */
export function lookAgain(
  board: ConnectionBoard,
  look: LookAt,
  takeIn: (reports: readonly ConnectionReport[]) => void,
): AskAgain {
  return new AskAgain(async () => {
    const names = board.badByLook();
    if (names.length > 0) takeIn(await look(names));
  });
}
