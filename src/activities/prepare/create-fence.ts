import type { CreateFence } from '../../job/input.js';
import type { ResolvedInput } from '../../input/with-defaults.js';
import type { Keboola } from '../../keboola/keboola.js';
import { fenceProblem } from '../../keboola/jobs/fence-problem.js';
import { refusal } from '../failures.js';

const NO_VARIABLE = 'createFence is "variable", and "run-id" is used:';
const HAS_VARIABLES = `${NO_VARIABLE} the configuration may have variables, whose values another one would replace`;
const NOT_KEPT = `${NO_VARIABLE} this project did not keep a variable that no configuration has`;

/** By what a creation is told from others, and what its author has to know of it. */
export interface FenceChoice {
  fence: CreateFence;
  warning?: string;
}

/**
 * By what the job's creation is to be told from others: as its input says, or its connection, or as fits the project.
 *
 * @throws ApplicationFailure `InvalidInput` for a way that the project does not have.
 */
export async function createFenceOf(keboola: Keboola, wanted: ResolvedInput): Promise<FenceChoice> {
  const jobs = await keboola.jobs();
  const possible = jobs.fences(wanted);
  const { connection } = keboola;
  const chosen = wanted.createFence ?? connection.createFence ?? possible[0] ?? 'run-id';
  if (!possible.includes(chosen)) {
    const whose = wanted.createFence === undefined ? `of connection "${connection.name}": ` : '';
    throw refusal([fenceProblem(chosen, possible, whose)]);
  }
  if (chosen !== 'variable') return { fence: chosen };
  if (!(await hasRoomForVariable(keboola, wanted))) return { fence: 'run-id', warning: HAS_VARIABLES };
  return jobs.keepsVariables?.() === false ? { fence: 'run-id', warning: NOT_KEPT } : { fence: 'variable' };
}

async function hasRoomForVariable({ components }: Keboola, wanted: ResolvedInput): Promise<boolean> {
  const { variableValuesId, variableValuesData } = wanted;
  if (variableValuesId !== undefined || variableValuesData !== undefined) return false;
  return (await components.variables(wanted)) === 'none';
}
