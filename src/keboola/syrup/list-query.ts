import { FINAL_STATUSES } from '../../job/wait/status.js';
import type { JobQuery } from '../jobs/job-api.js';

/** What Syrup's list can be asked besides; it knows these fields of a document. */
export interface SyrupQuery extends JobQuery {
  /** Jobs anywhere below this run id. */
  belowRunId?: string;
  /** Jobs one level below this run id. */
  directlyBelowRunId?: string;
  /** Jobs in one of these statuses. */
  statuses?: readonly string[];
  /** Jobs that have not ended; given together with something else. */
  unfinished?: true;
  /** Jobs that need this lock. */
  lockName?: string;
  /** No jobs of these applications; given together with something else. */
  notOfApps?: readonly string[];
}

const IS_FINAL = `status:(${FINAL_STATUSES.join(' OR ')})`;

/**
 * A list of jobs in the words of `GET /queue/jobs`: `q` is a Lucene query, where AND is the default operator.
 *
 * Every group holds operators of one kind alone, and no negation stands by itself: Lucene reads `a OR NOT b` as `a` without
 * `b`. What is text is quoted.
 *
 * Source: keboola/syrup `Elasticsearch/Search.php`. Texts below `params` are analyzed there, so a search by
 * configuration may answer neighbours; whoever asks must filter.
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

/** In one answer, because an index that is ill says of anything that there is none. */
function openIn({ openIn: wanted }: JobQuery): string[] {
  if (wanted === undefined) return [];
  const { runIds, jobId } = wanted;
  // The index keeps ids as numbers, and cannot be asked for another one.
  const own = /^\d+$/.test(jobId) ? [`id:${jobId}`] : runIds.map((runId) => `runId:${phrase(runId)}`);
  const open = `(${inAnyOf(runIds)} AND NOT ${IS_FINAL})`;
  return [`(${[open, ...own].join(' OR ')})`];
}

/** Native applications are the job's component themselves; docker components are a parameter of it. */
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
 * The status tells what has ended: one that runs again may show an end that it had before. Documents have whole seconds, so
 * the second that the moment lies in is asked for as a whole.
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
  // Neither can be escaped: they would make a range of it. The slash is the character after the dot.
  if (/[<>]/.test(runId)) return `runId:[${phrase(`${runId}.`)} TO ${phrase(`${runId}/`)}}`;
  return `runId:${escaped(runId)}.*`;
}

/** A run id is any text, and one that holds an operator must not become a search for other people's jobs. */
function escaped(text: string): string {
  return text.replace(/[^\w.]/g, '\\$&');
}

function phrase(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
