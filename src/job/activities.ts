import type { PipelineCheck } from './pipeline/plan.js';
import type { NoAnswer } from './failure/no-answer.js';
import type { CreateOrder, CreateOutcome, RoomAnswer, SearchOrder } from './create/creation.js';
import type { ActionOutcome } from './action-outcome.js';
import type { QuestionName, Questions } from './questions.js';
import type { FamilyOrder, Family } from './tree/family.js';
import type {
  CallOrder,
  StorageSearch,
  TransferPlan,
  UploadOrder,
  DownloadOrder,
  DownloadedCsv,
} from './storage/remote-steps.js';
import type { RunPlan } from './run-plan.js';
import type {
  AttachPlan,
  RoomOrder,
  SearchAnswer,
  ReadOrder,
  JobReading,
  JobRef,
  KillAnswer,
  SweepOrder,
  SweepAnswer,
  ChildrenToLookAt,
  ChildEnding,
  ChildEnd,
} from './remote-steps.js';

/** What is asked and answered in one go. */
type Answers = {
  [Name in Exclude<QuestionName, 'callAction'>]: (input: unknown) => Promise<Questions[Name]['answer']>;
};
/** The activities by the names under which workflows call them. */
export interface KeboolaActivities extends Answers {
  prepareRun(input: unknown): Promise<RunPlan | NoAnswer>;
  prepareAsyncAction(input: unknown): Promise<RunPlan | NoAnswer>;
  prepareWait(input: unknown): Promise<AttachPlan | NoAnswer>;
  createJob(order: CreateOrder): Promise<CreateOutcome>;
  findRoom(order: RoomOrder): Promise<RoomAnswer>;
  searchJob(order: SearchOrder): Promise<SearchAnswer>;
  readJob(order: ReadOrder): Promise<JobReading>;
  killJob(job: JobRef): Promise<KillAnswer>;
  stopBelow(order: SweepOrder): Promise<SweepAnswer>;
  readFamily(order: JobRef & { family: FamilyOrder }): Promise<{ kind: 'read'; family: Family } | NoAnswer>;
  cancelWorkflow(): Promise<void>;
  checkPipeline(input: unknown): Promise<PipelineCheck | NoAnswer>;
  findRunningChildren(firstRunId: string): Promise<string[]>;
  lookAtChildren(wanted: ChildrenToLookAt): Promise<Record<string, ChildEnding>>;
  readChildJob(workflowId: string): Promise<ChildEnd>;
  lostSearchAttributes(types: Record<string, string>): Promise<string[]>;
  callAction(input: unknown): Promise<ActionOutcome>;
  prepareStorageJob(input: unknown): Promise<RunPlan | NoAnswer>;
  createStorageJob(order: CallOrder): Promise<CreateOutcome>;
  searchStorageJob(order: StorageSearch): Promise<SearchAnswer>;
  prepareImport(input: unknown): Promise<TransferPlan | NoAnswer>;
  uploadCsv(order: UploadOrder): Promise<string | NoAnswer>;
  prepareExport(input: unknown): Promise<TransferPlan | NoAnswer>;
  downloadCsv(order: DownloadOrder): Promise<DownloadedCsv | NoAnswer>;
}
