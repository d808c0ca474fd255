import { DEFAULT_CONNECTION } from '../../job/input.js';
import type { ConnectionReport } from '../../job/questions.js';
import { withTemporal, type Context } from '../context.js';
import { nothingStarted } from '../exit/left-behind.js';
import { UsageError } from '../exit/usage-error.js';
import { orAborted } from '../or-aborted.js';
import type { OwnTables } from './own-tables.js';

/**
 * Whether the command's own connection leads to the same project as the worker's connection of that name. In another
 * project the same file id means another file, and on another stack the same project id means another project; then the
 * project's name differs.
 *
 * @throws NoWorkerError; UsageError if the worker cannot tell; LeftBehind for Keboola's own failures; the signal's
 * reason.
 */
export async function isOwnProject(
  context: Context,
  { project, signal }: Pick<OwnTables, 'project' | 'signal'>,
): Promise<boolean> {
  const theirs = await orAborted(signal, projectOfWorker(context));
  const own = await orAborted(
    signal,
    project().catch((error: unknown) => {
      throw nothingStarted(error);
    }),
  );
  return own.id === theirs.id && own.name === theirs.name;
}

async function projectOfWorker(context: Context): Promise<NonNullable<ConnectionReport['project']>> {
  const { connection = DEFAULT_CONNECTION } = context;
  const { connections } = await withTemporal(context, ({ keboola }) => keboola.describeWorker({ connection }));
  const { project, problem = 'it does not say why' } = connections.find(({ name }) => name === connection) ?? {};
  if (project) return project;
  throw new UsageError(`The worker cannot tell which project its connection "${connection}" leads to: ${problem}`);
}
