import type { Project } from '../../fixture/schema.js';
import { SyrupProblem } from '../../answer/problem.js';
import type { Simulation } from '../../simulation.js';
import type { JobDocument } from '../../documents/job-document.js';
import { parsePhpTime } from '../../query/php-time.js';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 10_000;
const OFFSET_MAX = 1_000_000;

/**
 * The list of keboola/syrup Elasticsearch/Search.php: exact filters, a Lucene query, a creation range, newest first.
 *
 * @throws SyrupProblem 400 for a query, time or number that cannot be read.
 */
export function listJobs(simulation: Simulation, project: Project, query: URLSearchParams): JobDocument[] {
  const limit = whole(query, 'limit', LIMIT_DEFAULT, LIMIT_MAX);
  const offset = whole(query, 'offset', 0, OFFSET_MAX);
  const accepts = filter(simulation, query);
  const { world, documents } = simulation;

  const found: JobDocument[] = [];
  let skipped = 0;
  for (const job of world.jobs.newestFirst()) {
    if (found.length >= limit) break;
    const facts = job.project === project ? world.index.get(job.facts.id) : undefined;
    if (facts === undefined) continue;
    const document = documents.detail(facts);
    if (!accepts(document, facts.createdAtMs)) continue;
    if (skipped < offset) skipped += 1;
    else found.push(document);
  }
  return found;
}

type Accepts = (document: JobDocument, createdAtMs: number) => boolean;

function filter({ world, documents, queries }: Simulation, query: URLSearchParams): Accepts {
  const exact = (['component', 'status', 'runId'] as const).flatMap((name) => {
    const value = query.get(name);
    return value === null || value === '' ? [] : [{ name, value }];
  });
  const lucene = queries.get(query.get('q') ?? '');
  const time = (name: string): number | undefined => {
    const text = query.get(name);
    return text === null || text === '' ? undefined : wholeSecond(parsePhpTime(text, world.nowMs, documents.zone));
  };
  const since = time('since');
  // Without `since`, Syrup's library ignores `until`. Clients stumble over that, so the sandbox does the same.
  const until = since === undefined ? undefined : (time('until') ?? world.nowMs);

  return (document, createdAtMs) =>
    exact.every(({ name, value }) => document[name] === value) &&
    (since === undefined || wholeSecond(createdAtMs) >= since) &&
    (until === undefined || wholeSecond(createdAtMs) <= until) &&
    lucene(document);
}

/** Documents and PHP's clock have whole seconds, so ranges compare those. */
function wholeSecond(atMs: number): number {
  return Math.floor(atMs / 1000) * 1000;
}

function whole(query: URLSearchParams, name: string, otherwise: number, max: number): number {
  const text = query.get(name);
  if (text === null || text === '') return otherwise;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value <= max) return value;
  throw new SyrupProblem(400, `Parameter '${name}' must be a whole number of at most ${max}, not '${text}'`);
}
