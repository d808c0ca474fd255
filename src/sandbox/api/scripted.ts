import { SandboxInputError } from '../sandbox-input-error.js';
import { SyrupProblem } from '../answer/problem.js';

/** A bad script is the tester's mistake, so the sandbox reports it at once; Keboola itself would know nothing of it. */
export function scripted<T>(resolve: () => T): T {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof SandboxInputError) throw new SyrupProblem(400, error.message);
    throw error;
  }
}
