import type { InputProblem } from '../input/input-problem.js';
import type { RunJobInput } from '../job/input.js';
import { fenceProblem } from './jobs/fence-problem.js';
import type { Keboola } from './keboola.js';
import { apiWarning } from './project/discover.js';
import { roleWarning } from './project/role-warning.js';

/**
 * What cannot be done in a project although it answers, each as a sentence for people.
 *
 * @throws what `Keboola.facts` and `Keboola.jobs` throw.
 */
export async function shortcomings(keboola: Keboola): Promise<string[]> {
  const [facts, { missing: noActions }] = await Promise.all([keboola.facts(), keboola.actions()]);
  const missing = noActions === undefined ? undefined : `No synchronous actions: ${noActions}.`;
  return [apiWarning(keboola.connection, facts), roleWarning(facts), missing].filter((one) => one !== undefined);
}

/** The problem if a job, or else its connection, chooses a fence that the project lacks. @throws as `Keboola.jobs`. */
export async function impossibleFence(
  keboola: Keboola,
  { component, createFence }: Pick<RunJobInput, 'component' | 'createFence'>,
): Promise<InputProblem | undefined> {
  const { connection } = keboola;
  const chosen = createFence ?? connection.createFence;
  if (chosen === undefined) return undefined;
  const [dialect, jobs] = await Promise.all([keboola.dialect(), keboola.jobs()]);
  const possible = jobs.fences({ component });
  if (possible.includes(chosen)) return undefined;
  const whose = createFence === undefined ? `of connection "${connection.name}": ` : '';
  return fenceProblem(chosen, { dialect, possible }, whose);
}
