import type { Provided } from './global-setup.js';

/**
 * What the global setup provided.
 *
 * @throws Error with the setup's problem, ways out included, when there is nothing.
 */
export function required<T>(provided: Provided<T>): T {
  if ('problem' in provided) throw new Error(provided.problem);
  return provided.value;
}
