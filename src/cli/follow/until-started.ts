import type { Started } from '../../client/start-workflow.js';
import { EXIT } from '../exit/exit-codes.js';
import { Interrupted } from '../exit/interrupted.js';
import type { FollowOptions } from '../options/follow-options.js';
import { orAborted } from '../or-aborted.js';
import type { Output } from '../text/output.js';
import { interruptible } from './interruptible.js';
import { askToStop, type Stoppable } from './interrupts.js';

/** How long to wait, after Ctrl-C, for a start that is to be stopped. */
const START_MS_MAX = 3_000;

/** A workflow that is to be followed. */
export interface Begun<Handle> extends Started<Handle> {
  /** It was asked to stop before anybody could follow it. */
  isStopping?: boolean;
}

/**
 * Waits until a workflow has started. On Ctrl-C before that, the message says where to look, since the workflow may be
 * on its way. With `--on-interrupt cancel` the start gets three more seconds, and the workflow is stopped.
 *
 * @param look the command that shows the workflow.
 * @throws Interrupted; what the start throws.
 */
export async function untilStarted<Handle extends Stoppable>(
  starting: Promise<Started<Handle>>,
  output: Output,
  { onInterrupt, detach = false }: FollowOptions,
  look = 'keboola-temporal list',
): Promise<Begun<Handle>> {
  const left = `it may have started all the same. Look with \`${look}\``;
  if (onInterrupt === 'detach' || detach) {
    return await interruptible(`${left}.`, ({ signal }) => orAborted(signal, starting));
  }
  return await interruptible(
    `${left}; \`keboola-temporal cancel\` with its id stops it.`,
    ({ signal }) => orStopped(signal, starting, output),
    START_MS_MAX,
  );
}

/** SIGTERM and a closed terminal do not stop a job. */
async function orStopped<Handle extends Stoppable>(
  signal: AbortSignal,
  starting: Promise<Started<Handle>>,
  output: Output,
): Promise<Begun<Handle>> {
  try {
    return await orAborted(signal, starting);
  } catch (error) {
    if (!(error instanceof Interrupted) || error.exitCode !== EXIT.interrupted) throw error;
    const started = await starting;
    await askToStop(started.handle, output);
    return { ...started, isStopping: true };
  }
}
