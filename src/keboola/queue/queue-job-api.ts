import { boundResult } from '../../job/bound-result.js';
import type { CreateJobRequest, SearchRequest, WhatToRun } from '../../job/create/creation.js';
import type { CreateFence } from '../../job/input.js';
import type { JobView } from '../../job/job-view.js';
import { compact, id, record } from '../../job/text/document-fields.js';
import type { WaitReason } from '../../job/wait/wait-reason.js';
import { finality } from '../../job/wait/status.js';
import type { InputProblem } from '../../input/input-problem.js';
import type { LogLine, PlannedTask } from '../../job/questions.js';
import type { Connection } from '../connection/connection.js';
import type { BudgetedHttp } from '../http/budgeted-http.js';
import type { KeboolaAnswer } from '../http/exchange.js';
import type {
  ConfigInBranch,
  DrawnId,
  FoundJobs,
  JobApi,
  JobDocument,
  JobList,
  JobQuery,
  OpenJob,
  PreparedCreate,
} from '../jobs/job-api.js';
import { outcomeOfFailedCreation } from './create-outcome.js';
import { readOwnJob, requireJobId } from '../jobs/job-documents.js';
import { listEvents } from '../project/events.js';
import { drawTicket, tokenIdOf } from './tickets.js';
import { findCreated } from './search/find-created.js';
import { findUnfenced } from './search/find-unfenced.js';
import { givenTo } from './given.js';
import { jobDetails } from './job-details.js';
import { toQueueJobView } from './job-document.js';
import { JobLists } from './search/job-lists.js';
import { openJobsOf } from './search/open-jobs.js';
import { openIn as openInRuns } from './search/open-in.js';
import type { Pages } from './search/pages.js';
import { MainBranch } from './main-branch.js';
import { VariablesKept } from './fence-variable.js';
import { queueFences } from './queue-fences.js';
import type { QueueHttp } from './queue-http.js';
import { prepareSending } from './prepare-sending.js';
import { reasonToWait } from './reason-to-wait.js';
import { readRerunPlan } from './rerun-plan.js';
import { queueRunProblems } from './run-problems.js';
import { PAGE_MAX, searchQuery } from './search/search-query.js';
import { walkTree } from './search/walk-tree.js';

/** The jobs of Queue v2, Keboola's current job API: one service creates, reads, lists and kills them. */
export class QueueJobApi implements JobApi {
  private readonly lists: JobLists;
  private readonly variables = new VariablesKept();
  private readonly main: MainBranch;

  constructor(
    private readonly queue: QueueHttp,
    private readonly http: BudgetedHttp,
    private readonly connection: Connection,
  ) {
    this.lists = new JobLists(queue);
    this.main = new MainBranch(http, connection);
  }

  problemsOf(what: WhatToRun): Promise<InputProblem[]> {
    return Promise.resolve(queueRunProblems(what));
  }

  fences(what: WhatToRun): readonly CreateFence[] {
    return queueFences(what);
  }

  async drawId(): Promise<DrawnId> {
    const drawnBy = tokenIdOf(this.connection.token());
    const id = await drawTicket(this.http, this.connection);
    return { id, ...(drawnBy !== undefined && { drawnBy }) };
  }

  keepsVariables(): boolean | undefined {
    return this.variables.known;
  }

  async prepareCreate(request: CreateJobRequest): Promise<PreparedCreate> {
    if ('call' in request) throw new TypeError('Queue v2 has no calls of components that make a job');
    const sentBy = tokenIdOf(this.connection.token());
    const send = await prepareSending(this.queue, request, this.variables);
    return {
      send: async () => {
        const { jobId, ...created } = await send();
        return { jobId, ...created, url: this.jobUrl(jobId) };
      },
      outcomeOf: (error) => outcomeOfFailedCreation(error, sentBy),
    };
  }

  async get(jobId: string, signal?: AbortSignal): Promise<JobDocument> {
    const { json, serverTime, url } = await this.document(jobId, signal);
    const view = readOwnJob(json, toQueueJobView, jobId, url);
    const branchId = id(record(json)?.['branchId']);
    return compact({ view: withResult(view, json), serverTime, branchId, ...givenTo(json) });
  }

  /** The answer decides nothing: for a job that has ended, it is 400, or 500 with 404 in the body. */
  async kill(jobId: string): Promise<void> {
    await this.queue.kill(this.jobAddress('POST', jobId, '/kill'));
  }

  async list(query: JobQuery): Promise<JobList> {
    const { inRuns, openIn, limit } = query;
    if (inRuns) return listOf(await walkTree(this.lists, inRuns, { max: limit }));
    if (openIn) return listOf(await openInRuns(this.lists, openIn));
    const { views, count, serverTime } = await this.lists.search(searchQuery(query));
    const [showsAny, isWhole] = [count > 0, count < Math.min(limit, PAGE_MAX)];
    return { jobs: views, showsAny, isWhole, ...(serverTime && { serverTime }) };
  }

  openJobsOf(config: ConfigInBranch): Promise<OpenJob[]> {
    return openJobsOf(this.lists, config, () => this.mainBranch());
  }

  mainBranch(): Promise<string | undefined> {
    return this.main.id();
  }

  async findCreated(request: SearchRequest): Promise<FoundJobs> {
    const { unfenced } = request;
    if (unfenced === undefined) return await findCreated(this.lists, request, this.variables.known);
    const mainBranch = (): Promise<string | undefined> => this.mainBranch();
    const ownToken = tokenIdOf(this.connection.token());
    return await findUnfenced(this.lists, request, unfenced, { mainBranch, ownToken });
  }

  async reasonToWait(jobId: string): Promise<WaitReason | undefined> {
    const { json, serverTime, url } = await this.document(jobId);
    const view = readOwnJob(json, toQueueJobView, jobId, url);
    const readAtMs = serverTime === undefined ? Date.now() : Date.parse(serverTime);
    return await reasonToWait(this.lists, { view, document: json, readAtMs });
  }

  rerunPlan(jobId: string): Promise<PlannedTask[]> {
    return readRerunPlan(this.queue, jobId);
  }

  jobUrl(jobId: string): string {
    return this.queue.url(`/jobs/${encodeURIComponent(jobId)}`).href;
  }

  /** Asks by the job's id: a dotted RunId finds no events (keboola/cli issue 787). */
  events({ jobId }: JobView, limit: number): Promise<LogLine[]> {
    return listEvents(this.http, this.connection, jobId, limit);
  }

  /** The route in Keboola's own interface (`{connection}/admin/projects/{id}/queue/{job}`). */
  jobsPage(projectId: string): string {
    return this.connection.projectPage(projectId, 'queue');
  }

  private async document(jobId: string, signal?: AbortSignal): Promise<KeboolaAnswer & { url: URL }> {
    const url = this.jobAddress('GET', jobId);
    return { ...(await this.queue.get(url, signal && { signal })), url };
  }

  private jobAddress(method: string, jobId: string, action = ''): URL {
    const url = this.queue.url(`/jobs/${encodeURIComponent(jobId)}${action}`);
    requireJobId(method, url, jobId);
    return url;
  }
}

/** Adds the result once the job is over. */
function withResult(view: JobView, document: unknown): JobView {
  if (finality(view.status, view.isFinished) !== 'final') return view;
  return { ...view, ...boundResult((document as { result?: unknown }).result), details: jobDetails(document) };
}

function listOf({ views, isWhole }: Pages): JobList {
  return { jobs: views, showsAny: views.length > 0, isWhole };
}
