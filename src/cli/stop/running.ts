import { LIST_MAX, type JobRow } from '../../client/list-jobs.js';
import { shellQuoted } from '../../job/text/shell-quoted.js';
import { inConnection, type TemporalContext } from '../context.js';
import type { JobFilterOptions } from '../options/job-filter-options.js';

/** A job shows its component with the first change of its status. */
const COMPONENT_UNKNOWN = 'KeboolaComponent IS NULL';

type Place = Pick<TemporalContext, 'keboola' | 'connection'>;

/** All that run of a filter, however many pages they fill. */
export async function runningOf({ keboola, connection }: Place, filter: JobFilterOptions): Promise<JobRow[]> {
  const options = { ...filter, ...inConnection(connection), running: true, limit: LIST_MAX };
  const found: JobRow[] = [];
  let after: string | undefined;
  do {
    const { jobs, next } = await keboola.listPage({ ...options, ...(after !== undefined && { after }) });
    found.push(...jobs);
    after = next;
  } while (after !== undefined);
  return found;
}

/** Jobs that a filter may mean, and of which it is not known yet. */
export interface Unknown {
  count: number;
  /** For people; empty where there are none. */
  text: string;
}

/** What a job is of shows once it has been prepared; while Keboola does not answer that may take a day. */
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
