import { DEFAULT_CONNECTION } from '../job/input.js';
import type { FoundJob } from '../job/pipeline/all-jobs.js';
import { UnknownConnection } from '../keboola/errors.js';
import type { InputProblem } from '../keboola/input.js';
import type { Keboola } from '../keboola/keboola.js';
import type { ActivityDeps } from './deps.js';
import { unknownParts } from './unknown-parts.js';

/** Each may cost a call, and nobody reads more of them at a time. */
const PROBLEMS_MAX = 50;

/**
 * What of the jobs of a pipeline the projects do not know or cannot run.
 *
 * @throws KeboolaError when a project cannot tell.
 */
export async function jobProblems(deps: ActivityDeps, jobs: readonly FoundJob[]): Promise<InputProblem[]> {
  const problems: InputProblem[] = [];
  for (const found of jobs) {
    if (problems.length >= PROBLEMS_MAX) break;
    problems.push(...(await problemsOf(deps, found)));
  }
  return problems;
}

async function problemsOf(deps: ActivityDeps, { job, path }: FoundJob): Promise<InputProblem[]> {
  const { connection = DEFAULT_CONNECTION } = job;
  const keboola = projectOf(deps, connection);
  if (keboola instanceof UnknownConnection) return [{ path: `${path}.connection`, message: keboola.message }];
  const problems = await unknownParts(keboola, job);
  return problems.map((problem) => ({ ...problem, path: `${path}.${problem.path}` }));
}

function projectOf({ connections }: ActivityDeps, name: string): Keboola | UnknownConnection {
  try {
    return connections.get(name);
  } catch (error) {
    if (error instanceof UnknownConnection) return error;
    throw error;
  }
}
