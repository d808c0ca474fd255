import type { PipelineCheck } from './pipeline/plan.js';
import type { NoAnswer } from './failure/no-answer.js';
import type { CreateRequest, CreateOutcome, CapacityAnswer, SearchRequest } from './create/creation.js';
import type { ForeignJobsAnswer, ForeignJobsRequest } from './create/foreign-jobs.js';
import type { ActionOutcome } from './action-outcome.js';
import type { QuestionName, Questions } from './questions.js';
import type { DescendantsRequest, Descendants } from './tree/descendants.js';
import type {
  StorageCallRequest,
  StorageSearchRequest,
  TransferPlan,
  UploadRequest,
  DownloadRequest,
  DownloadedCsv,
  FileUploadRequest,
  UploadedFile,
  RemovalRequest,
  FileDownloadRequest,
  DownloadedFile,
} from './storage/remote-steps.js';
import type { InProject, RunPlan } from './run-plan.js';
import type { WatchEnd, WatchRequest } from './watch/watch-request.js';
import type {
  AttachPlan,
  CapacityRequest,
  Drawn,
  SearchAnswer,
  ReadRequest,
  JobReading,
  JobRef,
  KillAnswer,
  StopDescendantsRequest,
  StopDescendantsAnswer,
  LookAtChildrenRequest,
  ChildEnding,
  CanceledChild,
} from './remote-steps.js';

/** The activities that ask one question and return its answer. */
type Answers = {
  [Name in Exclude<QuestionName, 'callAction'>]: (input: unknown) => Promise<Questions[Name]['answer']>;
};

/** The activities by the names under which workflows call them. */
export interface KeboolaActivities extends Answers {
  prepareRun(input: unknown): Promise<RunPlan | NoAnswer>;
  prepareAsyncAction(input: unknown): Promise<RunPlan | NoAnswer>;
  prepareWait(input: unknown): Promise<AttachPlan | NoAnswer>;
  createJob(request: CreateRequest): Promise<CreateOutcome>;
  reserveCapacity(request: CapacityRequest): Promise<CapacityAnswer>;
  drawId(request: InProject): Promise<Drawn | NoAnswer>;
  searchJob(request: SearchRequest): Promise<SearchAnswer>;
  findForeignJobs(request: ForeignJobsRequest): Promise<ForeignJobsAnswer>;
  readJob(request: ReadRequest): Promise<JobReading>;
  killJob(job: JobRef): Promise<KillAnswer>;
  stopDescendants(request: StopDescendantsRequest): Promise<StopDescendantsAnswer>;
  readDescendants(
    request: JobRef & { descendants: DescendantsRequest },
  ): Promise<{ kind: 'read'; descendants: Descendants } | NoAnswer>;
  cancelWorkflow(): Promise<void>;
  checkPipeline(input: unknown): Promise<PipelineCheck | NoAnswer>;
  findRunningChildren(firstRunId: string): Promise<string[]>;
  lookAtChildren(wanted: LookAtChildrenRequest): Promise<Record<string, ChildEnding>>;
  readChildJob(workflowId: string): Promise<CanceledChild>;
  lostSearchAttributes(types: Record<string, string>): Promise<string[]>;
  callAction(input: unknown): Promise<ActionOutcome>;
  prepareStorageJob(input: unknown): Promise<RunPlan | NoAnswer>;
  createStorageJob(request: StorageCallRequest): Promise<CreateOutcome>;
  searchStorageJob(request: StorageSearchRequest): Promise<SearchAnswer>;
  prepareImport(input: unknown): Promise<TransferPlan | NoAnswer>;
  uploadCsv(request: UploadRequest): Promise<string | NoAnswer>;
  uploadFile(request: FileUploadRequest): Promise<UploadedFile | NoAnswer>;
  removeUploaded(request: RemovalRequest): Promise<void>;
  downloadFile(request: FileDownloadRequest): Promise<DownloadedFile | NoAnswer>;
  prepareExport(input: unknown): Promise<TransferPlan | NoAnswer>;
  downloadCsv(request: DownloadRequest): Promise<DownloadedCsv | NoAnswer>;
  watchJobs(request: WatchRequest): Promise<WatchEnd>;
}

/**
 * Activities that are usually fast and safe to run twice. A workflow runs them as local activities first; the worker
 * remembers which of them were slow.
 */
export const FAST_STEPS = [
  'prepareRun',
  'prepareAsyncAction',
  'prepareWait',
  'prepareStorageJob',
  'prepareImport',
  'prepareExport',
  'reserveCapacity',
  'readJob',
] as const satisfies readonly (keyof KeboolaActivities)[];

export type FastStepName = (typeof FAST_STEPS)[number];
