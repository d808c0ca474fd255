import { DEFAULT_CONNECTION } from '../../job/input.js';
import type { ConnectionReport } from '../../job/questions.js';
import { withTemporal, type Context } from '../context.js';
import { UsageError } from '../exit/usage-error.js';
import { withOwnTables } from './own-tables.js';

/**
 * Whether the command's own connection leads to the project that the worker's of the same name leads to. Ids of files mean
 * something else in another project; ids of projects do on another stack, where the name differs.
 *
 * @returns the exit code of who was interrupted.
 * @throws NoWorkerError; UsageError where the worker cannot tell; KeboolaError, SettingsError.
 */
export async function isOwnProject(context: Context): Promise<boolean | number> {
  const theirs = await projectOfWorker(context);
  return await withOwnTables(context, async ({ project }) => {
    const own = await project();
    return own.id === theirs.id && own.name === theirs.name;
  });
}

async function projectOfWorker(context: Context): Promise<NonNullable<ConnectionReport['project']>> {
  const { connection = DEFAULT_CONNECTION } = context;
  const { connections } = await withTemporal(context, ({ keboola }) => keboola.describeWorker({ connection }));
  const { project, problem = 'it does not say why' } = connections.find(({ name }) => name === connection) ?? {};
  if (project) return project;
  throw new UsageError(`The worker cannot tell which project its connection "${connection}" leads to: ${problem}`);
}
