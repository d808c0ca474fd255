import type { JobQuery } from '../job-api.js';

/**
 * A list of jobs in the words of `GET /queue/jobs`: `q` is a Lucene query, where AND is the default operator.
 *
 * Source: keboola/syrup `Elasticsearch/Search.php`. Texts below `params` are analyzed there, so a search by
 * configuration may answer neighbours; whoever asks must filter.
 */
export function listQuery(query: JobQuery): Record<string, string> {
  return {
    q: [...below(query), ...inRuns(query), ...ofConfig(query)].join(' AND '),
    ...(query.status !== undefined && { status: query.status }),
    limit: String(query.limit),
    offset: String(query.offset ?? 0),
  };
}

function below({ belowRunId }: JobQuery): string[] {
  return belowRunId === undefined ? [] : [`runId:${escaped(belowRunId)}.*`];
}

function inRuns({ inRuns: runIds }: JobQuery): string[] {
  if (runIds === undefined) return [];
  return [`(${runIds.map((runId) => `runId:${escaped(runId)} OR runId:${escaped(runId)}.*`).join(' OR ')})`];
}

/** Native applications are the job's component themselves; docker components are a parameter of it. */
function ofConfig({ ofConfig: wanted }: JobQuery): string[] {
  if (wanted === undefined) return [];
  const component = phrase(wanted.component);
  return [`(params.component:${component} OR component:${component})`, `params.config:${phrase(wanted.config)}`];
}

/** A run id is any text, and one that holds an operator must not become a search for other people's jobs. */
function escaped(text: string): string {
  return text.replace(/[+\-!(){}[\]^"~*?:\\/&|]/g, '\\$&');
}

function phrase(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
