import type { JobRow } from '../../client/list-jobs.js';
import { shellQuoted } from '../../job/text/shell-quoted.js';
import { inConnection, type TemporalContext } from '../context.js';
import type { JobFilterOptions } from '../options/job-filter-options.js';

/** A job's component becomes visible with the first change of its status. */
const COMPONENT_UNKNOWN = 'KeboolaComponent IS NULL';

type Place = Pick<TemporalContext, 'keboola' | 'connection'>;

/** All running workflows that match a filter. @throws what `KeboolaClient.listAll` throws, rather than lack some. */
export async function runningOf({ keboola, connection }: Place, filter: JobFilterOptions): Promise<JobRow[]> {
  return await keboola.listAll({ ...filter, ...inConnection(connection), running: true });
}

/** Jobs of which it is not known yet whether they match a filter. */
export interface Unknown {
  count: number;
  /** For people; empty if there are none. */
  text: string;
}

/** A job's component becomes visible once the job is prepared; while Keboola does not answer, that may take a day. */
export async function unknownOf(place: Place, filter: JobFilterOptions): Promise<Unknown> {
  const { component, config, status, query: own, since } = filter;
  if ([component, config, status].every((one) => one === undefined)) return { count: 0, text: '' };
  const query = own === undefined ? COMPONENT_UNKNOWN : `${COMPONENT_UNKNOWN} AND (${own})`;
  const { length: count } = await runningOf(place, { query, ...(since && { since }) });
  return { count, text: count === 0 ? '' : unknownText(count, listCommand(place, query, since)) };
}

function unknownText(count: number, list: string): string {
  const are = count === 1 ? 'is' : 'are';
  const they = count === 1 ? 'it is' : 'they are';
  return `${count} more ${are} running whose component is not known yet; ${they} left alone. \`${list}\` shows which.`;
}

function listCommand({ connection }: Place, query: string, since: Date | undefined): string {
  const project = connection === undefined ? [] : ['-c', shellQuoted(connection)];
  const time = since === undefined ? [] : ['--since', since.toISOString()];
  return ['keboola-temporal', ...project, 'list', '--running', ...time, '--query', shellQuoted(query)].join(' ');
}
