import { ANSWER_BYTES_MAX, jsonBytes } from '../../job/bound-result.js';
import { DEFAULT_CONNECTION } from '../../job/input.js';
import type { ResolveConfigurationInput, Statistics, StatisticsInput } from '../../job/questions.js';
import type { Keboola } from '../../keboola/keboola.js';
import type { ActivityDeps } from '../deps.js';
import { failure } from '../failures.js';

/** How long the jobs of a project have run in total. */
export async function readStatistics(deps: ActivityDeps, input: StatisticsInput): Promise<Statistics> {
  const { connection = DEFAULT_CONNECTION } = input;
  return await (await deps.connections.get(connection).actions()).statistics(input);
}

/** A stored configuration with its variables filled in, as Keboola returns it. */
export async function resolveConfiguration(deps: ActivityDeps, input: ResolveConfigurationInput): Promise<unknown> {
  const keboola = deps.connections.get(input.connection ?? DEFAULT_CONNECTION);
  const version = input.version ?? (await presentVersion(keboola, input));
  const answer = await (await keboola.actions()).resolve({ ...input, version });
  const bytes = jsonBytes(answer);
  if (bytes <= ANSWER_BYTES_MAX) return answer;
  const most = `at most ${ANSWER_BYTES_MAX} can be returned`;
  throw failure('ProtocolError', `The configuration is ${bytes} bytes of JSON; ${most}`);
}

/** Keboola requires a version, and the list of components names the current one. */
async function presentVersion(keboola: Keboola, { component, config }: ResolveConfigurationInput): Promise<number> {
  const unknown =
    (await keboola.components.missing(component)) ?? (await keboola.components.missingConfig({ component, config }));
  if (unknown !== undefined) throw failure('InvalidInput', unknown);
  const listed = (await keboola.components.fresh()).find(({ id }) => id === component);
  const version = listed?.configurations?.find(({ id }) => id === config)?.version;
  if (version !== undefined) return version;
  const message = `the list of components does not show the version of "${config}"; set it in the input`;
  throw failure('InvalidInput', `version: ${message}`);
}
