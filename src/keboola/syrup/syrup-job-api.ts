import type { AsyncCall } from '../../job/async-action.js';
import { boundResult } from '../../job/bound-result.js';
import type { CreateFence } from '../../job/input.js';
import type { JobView } from '../../job/job-view.js';
import type { LogLine } from '../../job/questions.js';
import { toJobView } from './job-document.js';
import type { CreateJobRequest, SearchRequest, WhatToRun } from '../../job/create/creation.js';
import { finality } from '../../job/wait/status.js';
import { compact, record } from '../../job/text/document-fields.js';
import type { WaitReason } from '../../job/wait/wait-reason.js';
import { ANSWER_MS_MAX, POST_MS_MAX } from '../../job/times/requests.js';
import { decode } from '../http/decode.js';
import { KeboolaError } from '../http/keboola-error.js';
import type { AdapterDeps } from '../jobs/adapters.js';
import type { InputProblem } from '../../input/input-problem.js';
import { runProblems } from './run-problems.js';
import type { KeboolaAnswer, KeboolaRequest } from '../http/exchange.js';
import type {
  ConfigInBranch,
  FoundJobs,
  JobApi,
  JobDocument,
  JobList,
  OpenJob,
  PreparedCreate,
} from '../jobs/job-api.js';
import { JobDocuments, readableJobs, readOwnJob, requireJobId } from '../jobs/job-documents.js';
import { believed, OPEN_JOBS_MAX, readAllOpen, readOpenJobs } from '../jobs/open-jobs.js';
import { UnsupportedQuestion } from '../jobs/unsupported-question.js';
import { listEvents } from '../project/events.js';
import { namedJob, noJob } from './created-job.js';
import { outcomeOfFailedCreation } from './create-outcome.js';
import { findCreated } from './find-created.js';
import { listQuery, type SyrupQuery } from './list-query.js';
import { findLockHolder, lockNameOf } from './lock-holder.js';
import { branchOf, runsInBranch } from './runs-in-branch.js';
import { isOccupant, occupantsQuery } from './occupants.js';
import { runRoute } from './run-route.js';
import { SYRUP_FENCES } from './syrup-fences.js';
import { serviceUrl } from '../http/service-url.js';

/**
 * Before the server answers a creation, it re-reads the job's document until it is visible, with sleeps of up to 20 s
 * (keboola/syrup `Elasticsearch/JobMapper.php`).
 */
const CREATE_MS_MAX = POST_MS_MAX;
const NO_CONTENT = 204;
const LIST = '/queue/jobs';
/** A job holds its lock while it has one of these statuses. */
const HOLDING = ['processing', 'terminating'];
/** Only one job holds a lock at a time, but the lagging index may show some that have released it. */
const HOLDERS_MAX = 10;
const NO_RERUN_PLAN =
  'this project runs its jobs on Syrup, which has no plan of what to run again; flows of Queue v2 have one';

/** Syrup's jobs: one application per path creates them, the queue application reads and kills them. */
export class SyrupJobApi implements JobApi {
  constructor(private readonly deps: AdapterDeps) {}

  async problemsOf(what: WhatToRun): Promise<InputProblem[]> {
    return runProblems(what, await this.componentUri(what.component));
  }

  fences(): readonly CreateFence[] {
    return SYRUP_FENCES;
  }

  async prepareCreate(request: CreateJobRequest): Promise<PreparedCreate> {
    const { method, path, body } = await this.creation(request);
    const token = this.deps.connection.token();
    // Reserved here, where a failure still proves that nothing was sent.
    await this.deps.http.reserveCreation();
    const exchange: KeboolaRequest = {
      method,
      url: this.url(path),
      token,
      runId: request.runId,
      timeoutMs: CREATE_MS_MAX,
      ...(body !== undefined && { body }),
    };
    return {
      send: async () => {
        const named = namedJob(request, exchange, await this.sendCreation(request, exchange));
        return { ...named, url: this.jobUrl(named.jobId) };
      },
      outcomeOf: outcomeOfFailedCreation,
    };
  }

  async findCreated(request: SearchRequest): Promise<FoundJobs> {
    return await findCreated((query) => this.list(query), request);
  }

  async get(jobId: string, signal?: AbortSignal): Promise<JobDocument> {
    const { url, json, serverTime } = await this.document(jobId, signal);
    const view = readOwnJob(json, toJobView, jobId, url);
    const branchId = branchOf(record(json) ?? {});
    return compact({ view: withResult(view, json), serverTime, branchId });
  }

  /** Only the route with the plural `jobs` exists (keboola/syrup-php-client commit 60f6c41). */
  async kill(jobId: string): Promise<void> {
    const url = this.url(`/queue/jobs/${encodeURIComponent(jobId)}/kill`);
    requireJobId('POST', url, jobId);
    await this.deps.http.send(
      { method: 'POST', url, token: this.deps.connection.token(), timeoutMs: ANSWER_MS_MAX },
      'stop',
    );
  }

  async list(query: SyrupQuery): Promise<JobList> {
    const { documents, serverTime } = await this.documents(query);
    const [showsAny, isWhole] = [documents.length > 0, documents.length < query.limit];
    return { jobs: readableJobs(documents, toJobView), showsAny, isWhole, ...(serverTime && { serverTime }) };
  }

  async openJobsOf(wanted: ConfigInBranch): Promise<OpenJob[]> {
    const query = { ofConfig: wanted, unfinished: true, limit: OPEN_JOBS_MAX } as const;
    const ask = async (offset: number): Promise<unknown[]> => (await this.documents({ ...query, offset })).documents;
    const read = (documents: readonly unknown[]): OpenJob[] =>
      readOpenJobs(documents, toJobView, wanted, (job) => runsInBranch(job, wanted));
    return believed(await readAllOpen(ask, read), LIST);
  }

  async occupants(countMax: number): Promise<JobView[]> {
    return (await this.list(occupantsQuery(countMax))).jobs.filter(isOccupant);
  }

  /** Syrup may write a job and then fail to queue it, so it is telling if no other job holds the lock. */
  async reasonToWait(jobId: string): Promise<WaitReason> {
    const { json: waiting } = await this.document(jobId);
    const lockName = lockNameOf(waiting);
    if (lockName === undefined) return { kind: 'nothing' };
    const { documents: holders } = await this.documents({ lockName, statuses: HOLDING, limit: HOLDERS_MAX });
    const holder = findLockHolder(waiting, holders);
    return holder === undefined ? { kind: 'nothing' } : { kind: 'lock', jobId: holder };
  }

  /** Asks by the RunId, including all runs below it; an empty one would ask for the events of the whole project. */
  async events({ runId }: JobView, limit: number): Promise<LogLine[] | undefined> {
    if (runId === '') return undefined;
    return await listEvents(this.deps.http, this.deps.connection, runId, limit);
  }

  rerunPlan(): Promise<never> {
    return Promise.reject(new UnsupportedQuestion(NO_RERUN_PLAN));
  }

  jobUrl(jobId: string): string {
    return this.url(`/queue/job/${encodeURIComponent(jobId)}`).href;
  }

  /**
   * The route `jobs/:jobId` in that generation of Keboola's own interface (keboola/kbc-ui
   * `src/scripts/modules/jobs/Routes.coffee`), below `/admin/projects/{id}`.
   */
  jobsPage(projectId: string): string {
    return this.deps.connection.projectPage(projectId, 'jobs');
  }

  /** @returns undefined if neither the project nor the stack has the component. */
  private async componentUri(component: string): Promise<string | undefined> {
    return (await this.deps.components.find(component))?.uri;
  }

  private async creation(request: CreateJobRequest): Promise<AsyncCall> {
    if ('call' in request) return request.call;
    return { method: 'POST', ...runRoute(request, await this.componentUri(request.component)) };
  }

  private async sendCreation(request: CreateJobRequest, exchange: KeboolaRequest): Promise<KeboolaAnswer> {
    try {
      return await this.deps.http.sendCreation(exchange);
    } catch (error) {
      // A 204 has no body by definition, so nothing is wrong with the answer.
      const isEmpty = error instanceof KeboolaError && error.facts.status === NO_CONTENT;
      throw isEmpty && 'call' in request ? noJob(exchange.method, exchange.url, NO_CONTENT) : error;
    }
  }

  private async document(jobId: string, signal?: AbortSignal): Promise<KeboolaAnswer & { url: URL }> {
    const url = this.url(`/queue/job/${encodeURIComponent(jobId)}`);
    requireJobId('GET', url, jobId);
    const answer = await this.deps.http.send({
      method: 'GET',
      url,
      token: this.deps.connection.token(),
      timeoutMs: ANSWER_MS_MAX,
      ...(signal && { signal }),
    });
    return { ...answer, url };
  }

  private async documents(query: SyrupQuery): Promise<{ documents: unknown[]; serverTime?: string }> {
    const url = this.url(LIST);
    for (const [name, value] of Object.entries(listQuery(query))) url.searchParams.set(name, value);
    const request = { method: 'GET', url, token: this.deps.connection.token(), timeoutMs: ANSWER_MS_MAX } as const;
    const { json, serverTime } = await this.deps.http.send(request, 'search');
    return { documents: decode(JobDocuments, json, 'GET', url), ...(serverTime && { serverTime }) };
  }

  private url(path: string): URL {
    return serviceUrl(this.deps.services.jobs, path);
  }
}

/** Adds the result once the job is over: before that, it is empty or about to be emptied again. */
function withResult(view: JobView, document: unknown): JobView {
  if (finality(view.status, view.isFinished) === 'unfinished') return view;
  return { ...view, ...boundResult((document as { result?: unknown }).result) };
}
