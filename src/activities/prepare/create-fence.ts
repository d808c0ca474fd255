import type { CreateFence } from '../../job/input.js';
import type { ResolvedInput } from '../../input/with-defaults.js';
import type { Keboola } from '../../keboola/keboola.js';
import { fenceProblem } from '../../keboola/jobs/fence-problem.js';
import { refusal } from '../failures.js';

/**
 * By what the job's creation is to be told from others: as its input says, or its connection, or as fits the project.
 *
 * @throws ApplicationFailure `InvalidInput` for a way that the project does not have.
 */
export async function createFenceOf(keboola: Keboola, wanted: ResolvedInput): Promise<CreateFence> {
  const possible = (await keboola.jobs()).fences(wanted);
  const { connection } = keboola;
  const chosen = wanted.createFence ?? connection.createFence ?? possible[0] ?? 'run-id';
  if (possible.includes(chosen)) return chosen;
  const whose = wanted.createFence === undefined ? `of connection "${connection.name}" is "${chosen}", which ` : '';
  throw refusal([fenceProblem(possible, whose)]);
}
