import { setTimeout as sleep } from 'node:timers/promises';
import { shellQuoted } from '../../job/text/shell-quoted.js';
import { EXIT } from '../exit/exit-codes.js';
import type { OnInterrupt } from '../options/follow-options.js';
import { onLeaving } from '../signals.js';
import type { Output } from '../text/output.js';

const SECOND_PRESS_MS = 3_000;

/** A workflow that is followed and can be stopped. */
export interface Stoppable {
  workflowId: string;
  cancel(): Promise<unknown>;
}

/** What Ctrl-C does. */
export interface Interrupting {
  onInterrupt: OnInterrupt;
  /** The press that stops the job has been made already. */
  isStopping?: boolean;
}

/**
 * Ctrl-C must not lose a job: it detaches and says how to come back; only a second press within three seconds (or
 * `--on-interrupt cancel`) stops the job. Ending the command in another way, or closing its terminal, leaves the job
 * alone. The promise resolves with an exit code when the command has to leave.
 */
export function untilInterrupted(
  handle: Stoppable,
  { onInterrupt, isStopping = false }: Interrupting,
  output: Output,
): Promise<number> & { off(): void } {
  let presses = isStopping ? 1 : 0;
  let leave: (code: number) => void = () => undefined;
  const left = new Promise<number>((resolve) => (leave = resolve));
  const press = (): void => {
    presses += 1;
    if (onInterrupt === 'cancel' ? presses === 1 : presses === 2) void askToStop(handle, output);
    else if (presses === 1) void detach(handle, output, () => presses, leave);
    else leave(EXIT.interrupted);
  };
  const off = onLeaving({
    press,
    leave: (code) => {
      output.error(howToReturn(handle));
      leave(code);
    },
  });
  return Object.assign(left, { off });
}

async function detach(
  handle: Stoppable,
  output: Output,
  presses: () => number,
  leave: (code: number) => void,
): Promise<void> {
  output.error('\nDetaching; press Ctrl-C again within 3 s to stop it.');
  await sleep(SECOND_PRESS_MS);
  if (presses() !== 1) return;
  output.error(howToReturn(handle));
  leave(EXIT.interrupted);
}

/** If the request to stop cannot be sent, this only says so. */
export async function askToStop(handle: Stoppable, output: Output): Promise<void> {
  output.error('\nStopping it, and waiting until Keboola confirms; press Ctrl-C again to leave at once.');
  try {
    await handle.cancel();
  } catch (error) {
    output.error(`Could not request the stop: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function howToReturn({ workflowId }: Stoppable): string {
  return (
    `Detached; it goes on.\n  watch it:  keboola-temporal follow ${shellQuoted(workflowId)}\n` +
    `  stop it:   keboola-temporal cancel ${shellQuoted(workflowId)}`
  );
}
