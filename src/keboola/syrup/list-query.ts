import { FINAL_STATUSES } from '../../job/wait/status.js';
import type { JobQuery } from '../jobs/job-api.js';

/** A `JobQuery` with what only Syrup's list can be asked for, by fields of its documents. */
export interface SyrupQuery extends JobQuery {
  /** Jobs anywhere below this RunId. */
  belowRunId?: string;
  /** Jobs one level below this RunId. */
  directlyBelowRunId?: string;
  /** Jobs with one of these statuses. */
  statuses?: readonly string[];
  /** Unfinished jobs; needs another condition beside it. */
  unfinished?: true;
  /** Jobs that need this lock. */
  lockName?: string;
  /** No jobs of these applications; needs another condition beside it. */
  notOfApps?: readonly string[];
}

const IS_FINAL = `status:(${FINAL_STATUSES.join(' OR ')})`;

/**
 * The parameters of `GET /queue/jobs`: `q` is a Lucene query, where AND is the default operator.
 *
 * Every group uses only one kind of operator, and no negation stands alone, since Lucene reads `a OR NOT b` as `a`
 * without `b`. Texts are quoted.
 *
 * Source: keboola/syrup `Elasticsearch/Search.php`. Texts below `params` are analyzed there, so a search by
 * configuration may return similar ones; callers must filter.
 */
export function listQuery(query: SyrupQuery): Record<string, string> {
  return {
    q: [below, inRuns, openIn, ofConfig, inStatus, finishedSince].flatMap((clauses) => clauses(query)).join(' AND '),
    limit: String(query.limit),
    offset: String(query.offset ?? 0),
  };
}

function below({ belowRunId, directlyBelowRunId }: SyrupQuery): string[] {
  return [
    ...(belowRunId === undefined ? [] : [anyBelow(belowRunId)]),
    ...(directlyBelowRunId === undefined
      ? []
      : [`${anyBelow(directlyBelowRunId)} AND NOT runId:${escaped(directlyBelowRunId)}.*.*`]),
  ];
}

function inRuns({ inRuns: runIds }: JobQuery): string[] {
  return runIds === undefined ? [] : [inAnyOf(runIds)];
}

/** Asked in one query, because a broken index answers any query with an empty list. */
function openIn({ openIn: wanted }: JobQuery): string[] {
  if (wanted === undefined) return [];
  const { runIds, jobId } = wanted;
  // The index stores ids as numbers, so it cannot be asked for any other id.
  const own = /^\d+$/.test(jobId) ? [`id:${jobId}`] : runIds.map((runId) => `runId:${phrase(runId)}`);
  const open = `(${inAnyOf(runIds)} AND NOT ${IS_FINAL})`;
  return [`(${[open, ...own].join(' OR ')})`];
}

/** For a native application, the job's `component` is the application; a docker component is a parameter. */
function ofConfig({ ofConfig: wanted }: JobQuery): string[] {
  if (wanted === undefined) return [];
  const component = phrase(wanted.component);
  return [`(params.component:${component} OR component:${component})`, `params.config:${phrase(wanted.config)}`];
}

function inStatus({ statuses, unfinished, notOfApps, lockName }: SyrupQuery): string[] {
  return [
    ...(statuses === undefined ? [] : [`status:(${statuses.map(phrase).join(' OR ')})`]),
    ...(unfinished ? [`NOT ${IS_FINAL}`] : []),
    ...(lockName === undefined ? [] : [`lockName:${phrase(lockName)}`]),
    ...(notOfApps === undefined ? [] : [`NOT component:(${notOfApps.map(phrase).join(' OR ')})`]),
  ];
}

/**
 * Also filters by final status, since a job that runs again may show an earlier end. Documents have whole seconds, so
 * the query includes the whole second of the given moment.
 */
function finishedSince({ finishedSince: since }: JobQuery): string[] {
  if (since === undefined) return [];
  const second = new Date(Math.floor(Date.parse(since) / 1_000) * 1_000).toISOString();
  return [IS_FINAL, `endTime:[${phrase(second)} TO *]`];
}

function inAnyOf(runIds: readonly string[]): string {
  return `(${runIds.map((runId) => `runId:${phrase(runId)} OR ${anyBelow(runId)}`).join(' OR ')})`;
}

function anyBelow(runId: string): string {
  // Lucene cannot escape `<` and `>`, so ask for a range instead: the slash is the character after the dot.
  if (/[<>]/.test(runId)) return `runId:[${phrase(`${runId}.`)} TO ${phrase(`${runId}/`)}}`;
  return `runId:${escaped(runId)}.*`;
}

/** A RunId can be any text; if it contains an operator, it must not turn into a search for other people's jobs. */
function escaped(text: string): string {
  return text.replace(/[^\w.]/g, '\\$&');
}

function phrase(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
