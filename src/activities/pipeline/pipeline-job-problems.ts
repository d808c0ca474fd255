import { DEFAULT_CONNECTION } from '../../job/input.js';
import type { FoundWork } from '../../job/pipeline/all-work.js';
import type { TaskInput } from '../../job/pipeline/input.js';
import { UnknownConnection } from '../../keboola/connection/errors.js';
import type { InputProblem } from '../../input/input-problem.js';
import type { Keboola } from '../../keboola/keboola.js';
import { impossibleFence } from '../../keboola/shortcomings.js';
import { actionProblem } from '../questions/action-problem.js';
import type { ActivityDeps } from '../deps.js';
import { unknownParts } from '../prepare/unknown-parts.js';

/** Finding each problem may cost a call, and nobody reads more of them at a time. */
const PROBLEMS_MAX = 50;

/**
 * The problems with a pipeline's tasks: what their projects do not know or cannot run.
 *
 * @throws KeboolaError if a project cannot tell.
 */
export async function workProblems(deps: ActivityDeps, works: readonly FoundWork[]): Promise<InputProblem[]> {
  const problems: InputProblem[] = [];
  for (const found of works) {
    if (problems.length >= PROBLEMS_MAX) break;
    problems.push(...(await problemsOf(deps, found)));
  }
  return problems;
}

async function problemsOf(deps: ActivityDeps, { task, connection, path }: FoundWork): Promise<InputProblem[]> {
  const keboola = projectOf(deps, connection ?? DEFAULT_CONNECTION);
  if (keboola instanceof UnknownConnection) return [{ path: `${path}.connection`, message: keboola.message }];
  const problems = await unknownTo(keboola, task);
  return problems.map((problem) => ({ ...problem, path: `${path}.${problem.path}` }));
}

async function unknownTo(keboola: Keboola, { job, asyncAction, action }: TaskInput): Promise<InputProblem[]> {
  if (job) {
    const { problems } = await unknownParts(keboola, job);
    const noFence = await impossibleFence(keboola, job);
    return noFence ? [...problems, noFence] : problems;
  }
  if (asyncAction) {
    const above = await (await keboola.actions()).componentAbove(asyncAction.path);
    return 'missing' in above ? [{ path: 'path', message: above.missing }] : [];
  }
  if (!action) return [];
  const problem = await actionProblem(keboola, action);
  return problem ? [problem] : [];
}

function projectOf({ connections }: ActivityDeps, name: string): Keboola | UnknownConnection {
  try {
    return connections.get(name);
  } catch (error) {
    if (error instanceof UnknownConnection) return error;
    throw error;
  }
}
