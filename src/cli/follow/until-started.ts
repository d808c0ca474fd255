import { orAborted } from '../or-aborted.js';
import { interruptible } from './interruptible.js';

/**
 * Waits until a workflow has started. Who presses Ctrl-C before that is told where to look for it: what was asked for may be
 * on its way.
 *
 * @param look the command that shows it.
 * @throws Interrupted, what the start throws.
 */
export async function untilStarted<T>(starting: Promise<T>, look = 'keboola-temporal list'): Promise<T> {
  const left = `it may have started all the same. Look with \`${look}\`.`;
  return await interruptible(left, ({ signal }) => orAborted(signal, starting));
}
