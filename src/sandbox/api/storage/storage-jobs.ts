import { parsePhpTime } from '../../query/php-time.js';
import { storageJobDocument } from '../../documents/storage-job-document.js';
import { STORAGE_JOB_STATUSES } from '../../storage/storage-job.js';
import type { StorageJob } from '../../storage/storage-job.js';
import { ok } from '../../answer/answer.js';
import type { Answer } from '../../answer/answer.js';
import { storageHolder } from '../call.js';
import type { Call } from '../call.js';
import { StorageProblem } from '../../answer/problem.js';
import { queryList } from '../query-list.js';
import { inStorageWords, queryWhole } from './storage-call.js';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 10_000;
const OFFSET_MAX = 1_000_000;

/** `GET /v2/storage/jobs/{id}` */
export function readStorageJob(call: Call): Answer {
  const { project } = storageHolder(call);
  const { id = '' } = call.params;
  const job = call.simulation.world.storage.jobs.get(id);
  if (job?.project !== project) throw new StorageProblem(404, 'storage.jobs.notFound', `Job ${id} not found`);
  return ok(storageJobDocument(call.simulation.documents, call.origin, job));
}

/** `GET /v2/storage/jobs`: newest first, filtered by status and times, but never by run id, operation or table. */
export function listStorageJobs(call: Call): Answer {
  const { project } = storageHolder(call);
  const { world, documents } = call.simulation;
  const offset = queryWhole(call, 'offset', 0, OFFSET_MAX);
  const limit = queryWhole(call, 'limit', LIMIT_DEFAULT, LIMIT_MAX);
  const filters = [statusFilter(call), ...TIMES.map(([name, timeOf]) => timeFilter(call, name, timeOf))];
  const found = world.storage.jobs
    .newestFirst()
    .filter((job) => job.project === project && filters.every((accepts) => accepts(job)));
  return ok(found.slice(offset, offset + limit).map((job) => storageJobDocument(documents, call.origin, job)));
}

type Accepts = (job: StorageJob) => boolean;

const TIMES: readonly [string, (job: StorageJob) => number | null][] = [
  ['created_time', (job) => job.createdAtMs],
  ['start_time', (job) => job.startedAtMs],
  ['end_time', (job) => job.endedAtMs],
];

function statusFilter(call: Call): Accepts {
  const [wanted, excluded] = ['storage_job_status', 'excluded_storage_job_status'].map((name) => {
    const listed = queryList(call.query, name);
    const unknown = listed.find((status) => !(STORAGE_JOB_STATUSES as readonly string[]).includes(status));
    if (unknown === undefined) return listed;
    throw new StorageProblem(400, 'storage.validation', `${name} "${unknown}" is no status of a job`);
  });
  if (wanted !== undefined && wanted.length > 0) return ({ status }) => wanted.includes(status);
  return ({ status }) => excluded?.includes(status) !== true;
}

/** An exact time wins over a range. Documents have whole seconds, so those are compared. */
function timeFilter(call: Call, name: string, timeOf: (job: StorageJob) => number | null): Accepts {
  const [exact, from, to] = [name, `${name}_from`, `${name}_to`].map((key) => {
    const text = call.query.get(key) ?? '';
    const { world, documents } = call.simulation;
    return text === '' ? undefined : seconds(inStorageWords(() => parsePhpTime(text, world.nowMs, documents.zone)));
  });
  if (exact === undefined && from === undefined && to === undefined) return () => true;
  return (job) => {
    const atMs = timeOf(job);
    if (atMs === null) return false;
    const at = seconds(atMs);
    if (exact !== undefined) return at === exact;
    return (from === undefined || at >= from) && (to === undefined || at <= to);
  };
}

function seconds(atMs: number): number {
  return Math.floor(atMs / 1000);
}
