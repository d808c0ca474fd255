import { boundResult, jsonBytes } from '../bound-result.js';
import { compareJobIds } from '../job-id.js';
import type { JobView } from '../job-view.js';
import type { JobResult } from '../result.js';
import { ancestorsOf } from '../run-id.js';
import { isFinalStatus, isStoppedStatus } from '../wait/status.js';
import type { DescendantResults } from './descendants.js';
import { cut } from '../text/well-formed.js';

/** A job of a list, its URL in Keboola's API, and its page for people. */
export interface ListedJob {
  view: JobView;
  url: string;
  page?: string;
}

/** Little is reported of each spawned job, because there can be hundreds. */
const RESULT_BYTES_MAX = 2 * 1024;
const MESSAGE_LENGTH_MAX = 1_000;

/**
 * How the jobs below a job have ended, each under its parent. Jobs that have not ended are left out. Beyond `bytesMax`
 * bytes of JSON only the failed jobs are reported, side by side, as many as there is room for.
 */
export function descendantResults(below: readonly ListedJob[], bytesMax: number): DescendantResults {
  const ended = below.flatMap(resultOf);
  const children = nested(ended);
  if (jsonBytes(children) <= bytesMax) return { children };
  return { children: fitting(ended.filter(hasFailed), bytesMax), truncated: true };
}

function resultOf({ view, url, page }: ListedJob): JobResult[] {
  const { isFinished, error, status, createdTime, result, message, ...rest } = view;
  if (!isFinalStatus(status)) return [];
  return [
    {
      ...rest,
      ...(message !== undefined && { message: cut(message, MESSAGE_LENGTH_MAX) }),
      ...boundResult(result, RESULT_BYTES_MAX),
      status,
      // A list does not show whether we asked for the stop; `terminatedBy` says who did.
      outcome: isStoppedStatus(status) ? 'stopped-by-other' : 'finished',
      url,
      ...(page !== undefined && { page }),
      createdTime: createdTime ?? '',
      polls: 0,
      adopted: false,
    },
  ];
}

/** Each job under the job with the longest run id that is a prefix of its own; the oldest first. */
function nested(jobs: readonly JobResult[]): JobResult[] {
  const nodes = new Map(jobs.map((job) => [job.runId, { ...job }]));
  const top: JobResult[] = [];
  for (const node of [...nodes.values()].sort((a, b) => compareJobIds(a.jobId, b.jobId))) {
    const parent = ancestorsOf(node.runId).find((runId) => nodes.has(runId));
    const siblings = parent === undefined ? top : ((nodes.get(parent) ?? node).children ??= []);
    siblings.push(node);
  }
  return top;
}

function hasFailed({ status }: JobResult): boolean {
  return status !== 'success';
}

function fitting(jobs: readonly JobResult[], bytesMax: number): JobResult[] {
  let bytes = 2;
  const kept: JobResult[] = [];
  for (const job of jobs) {
    bytes += jsonBytes(job) + 1;
    if (bytes > bytesMax) break;
    kept.push(job);
  }
  return kept;
}
