import { cancellationSignal } from '@temporalio/activity';
import { strangeness } from '../../job/create/job-marks.js';
import type { JobView } from '../../job/job-view.js';
import type { RunHistory } from '../../job/wait/poll-schedule.js';
import type { LogLine } from '../../job/questions.js';
import type { JobReading, ReadRequest } from '../../job/remote-steps.js';
import { type Descendants, type DescendantsRequest } from '../../job/tree/descendants.js';
import { mayBeOver } from '../../job/wait/status.js';
import { STORAGE } from '../../job/storage/system.js';
import type { WaitReason } from '../../job/wait/wait-reason.js';
import { KeboolaError } from '../../keboola/http/keboola-error.js';
import { urgently } from '../../keboola/http/urgently.js';
import type { JobApi, JobDocument } from '../../keboola/jobs/job-api.js';
import type { Keboola } from '../../keboola/keboola.js';
import type { ActivityDeps } from '../deps.js';
import { keboolaOf } from '../keboola-of.js';
import { toNoAnswer } from '../failures.js';
import { findDescendants } from '../tree/read-descendants.js';
import { searchAttributesReady } from '../search-attributes-ready.js';
import { withinOr } from '../within.js';
import { cut } from '../../job/text/well-formed.js';

/** Requests beside the read may delay it by this much, and requests after it by as much again. */
const BESIDE_MS_MAX = 2_000;

/** Log lines go into the history with the view, and into the details of the failure. */
const LOG_LINES_MAX = 20;
const LOG_MESSAGE_LENGTH_MAX = 500;

/** Reads a job once. Whatever else the request wants is added if it arrives in time; it never makes the read fail. */
export async function readJob(deps: ActivityDeps, request: ReadRequest): Promise<JobReading> {
  const read = (): Promise<JobReading> => readWhole(deps, request);
  return request.afterKill ? await urgently(read) : await read();
}

async function readWhole(deps: ActivityDeps, request: ReadRequest): Promise<JobReading> {
  try {
    const keboola = await keboolaOf(deps, request);
    if (request.system === STORAGE)
      return {
        kind: 'read',
        ...told(ourOwn(await keboola.storage.job(request.jobId, cancellationSignal()), request)),
        ...(await asked(deps)),
      };
    const jobs = await keboola.jobs();
    const [document, history, waitsFor] = await Promise.all([
      jobs.get(request.jobId, cancellationSignal()),
      request.historyOf && inTime(historyOf(keboola, request.historyOf)),
      request.explainWait && inTime(reasonToWait(keboola, jobs, request.jobId)),
    ]);
    const { view } = ourOwn(document, request);
    const [descendants, log, attributes] = await Promise.all([
      wantsDescendants(request, view) && inTime(descendantsOf(keboola, view, request.descendants)),
      failedLog(jobs, view),
      asked(deps),
    ]);
    return {
      kind: 'read',
      ...told(document),
      view: log ? { ...view, log } : view,
      ...(history && { history }),
      ...(waitsFor && { waitsFor }),
      ...(descendants && { descendants }),
      ...attributes,
    };
  } catch (error) {
    return toNoAnswer(error);
  }
}

/** The rest of the document serves only to run the job again, and is of no use in a history. */
function told({ view, serverTime }: JobDocument): Pick<JobDocument, 'view' | 'serverTime'> {
  return { view, ...(serverTime !== undefined && { serverTime }) };
}

/** The workflow that shows the new status needs an answer no older than the read. */
async function asked(deps: ActivityDeps): Promise<{ searchAttributes: boolean }> {
  return { searchAttributes: await searchAttributesReady(deps) };
}

/** @throws KeboolaError of kind `protocol` for the document of another job: it is neither an answer nor an end. */
function ourOwn(document: JobDocument, { jobId, marks = {} }: ReadRequest): JobDocument {
  const reason = strangeness(document.view, marks);
  if (reason === undefined) return document;
  throw new KeboolaError({ kind: 'protocol', method: 'GET', path: `job ${jobId}`, reason, isAnother: true });
}

/** The last log lines of a failed job are worth one more call: people who are told of the failure read them first. */
async function failedLog(jobs: JobApi, view: JobView): Promise<LogLine[] | undefined> {
  if (view.status !== 'error' || !mayBeOver(view)) return undefined;
  const log = await inTime(jobs.events(view, LOG_LINES_MAX));
  if (!log || log.length === 0) return undefined;
  return log.map((line) => ({ ...line, message: cut(line.message, LOG_MESSAGE_LENGTH_MAX) }));
}

function historyOf(
  keboola: Keboola,
  { component, config }: { component: string; config: string },
): Promise<RunHistory | undefined> {
  return keboola.histories.get(component, config);
}

/** A job without a reason of its own to wait may wait for room in the project, if we may know the project's limit. */
async function reasonToWait(keboola: Keboola, jobs: JobApi, jobId: string): Promise<WaitReason | undefined> {
  const reason = await jobs.reasonToWait(jobId);
  if (reason?.kind !== 'nothing') return reason;
  const load = await keboola.parallelLimit.load();
  return load && load.running >= load.limit ? { kind: 'project-full', ...load } : reason;
}

function wantsDescendants(
  request: ReadRequest,
  view: JobView,
): request is ReadRequest & { descendants: DescendantsRequest } {
  return request.descendants !== undefined && (request.descendants.look === 'now' || mayBeOver(view));
}

/** Until the job ends, a list read seconds ago for the same tree is good enough, unless the request says otherwise. */
function descendantsOf(keboola: Keboola, view: JobView, request: DescendantsRequest): Promise<Descendants> {
  const { jobId, runId } = view;
  const runIds = request.runIds.includes(runId) ? request.runIds : [...request.runIds, runId];
  return findDescendants(keboola, jobId, { ...request, runIds }, request.fresh === true || mayBeOver(view));
}

function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  return withinOr<T | undefined>(BESIDE_MS_MAX, undefined, work);
}
