import { DEFAULT_CONNECTION, type CreateFence } from '../../job/input.js';
import type { ConnectionReport } from '../../job/questions.js';
import { ASSUMED_DIALECT, DIALECT_NAMES, DIALECTS, type Dialect } from '../../keboola/connection/dialect.js';
import { withTemporal, type Context } from '../context.js';

/** Which of Keboola's job APIs a connection leads to, and how that is known. */
export interface KnownApi {
  dialect: Dialect;
  how: 'chosen' | 'told' | 'assumed';
  /** In words, for people. */
  why: string;
  /** How the connection tells creations apart, if it says so; known only if a worker told. */
  chosenFence?: CreateFence;
}

/**
 * Only a token tells which API its project is on, and only a worker has a token. So this asks a worker, unless somebody
 * has chosen an API. If no worker can tell, one is assumed; nothing is thrown.
 */
export async function whichApi(context: Context, chosen: Dialect | undefined): Promise<KnownApi> {
  const { connection = DEFAULT_CONNECTION } = context;
  if (chosen) return { dialect: chosen, how: 'chosen', why: 'as --api says; the project was not asked' };
  try {
    return knownBy(await askWorker(context, connection));
  } catch (error) {
    return assumed(error instanceof Error ? error.message : String(error));
  }
}

async function askWorker(context: Context, connection: string): Promise<ConnectionReport | undefined> {
  return await withTemporal(context, async ({ keboola }) => {
    const { connections } = await keboola.describeWorker({ connection });
    return connections.find(({ name }) => name === connection);
  });
}

function knownBy(report: Partial<ConnectionReport> = {}): KnownApi {
  const { api, project, chosenFence, problem = 'the worker does not say' } = report;
  const dialect = DIALECTS.find((one) => DIALECT_NAMES[one] === api);
  if (!dialect || !project) return assumed(problem);
  const why = `project ${project.name} (${project.id}) is on it, says the worker`;
  return { dialect, how: 'told', why, ...(chosenFence && { chosenFence }) };
}

function assumed(why: string): KnownApi {
  return {
    dialect: ASSUMED_DIALECT,
    how: 'assumed',
    why: `assumed, as today's projects are on it; choose with --api ${DIALECTS.join('|')}. No worker could tell: ${why}`,
  };
}
