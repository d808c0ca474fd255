import type { ActionAnswer } from '../action-outcome.js';
import { isJobResult, type JobResult } from '../result.js';
import { isStorageResult, type StorageTaskResult } from '../storage/result.js';
import type { KindInputs, TaskInput, TaskKind } from './input.js';
import { isPipelineResult, type PipelineResult, type TaskEnd } from './result.js';

/** What a pipeline does with a task of one kind: the workflow that runs it, what that is told, and how its end reads. */
interface Kind<Input> {
  workflow: string;
  /** What the input says unless its author does. */
  defaults?: object;
  /** What it runs, for people. */
  title(input: Input): string;
  /** What an id is made of, where its author gives none. */
  name(input: Input): string;
  /** The end of a task by the result of its workflow. */
  completed(result: unknown): TaskEnd;
  /** What a failed workflow tells besides why; its details may be anything. */
  failed(detail: unknown): Partial<Pick<TaskEnd, 'status' | 'job' | 'pipeline' | 'storage'>>;
  /** Whether what it makes has a run id, which is put below that of the pipeline. */
  takesRunId: boolean;
  /** What goes on although the workflow is cancelled; absent where a cancelled one has stopped all. */
  goesOn?: (jobId: string | undefined) => string;
}

const job = {
  // The orchestrator's rule: a warning counts as failed.
  defaults: { onWarning: 'fail' },
  completed: (result: unknown): TaskEnd => ({ status: (result as JobResult).status, job: result as JobResult }),
  failed: (detail: unknown) => (isJobResult(detail) ? { status: detail.status, job: detail } : {}),
  takesRunId: true,
};

const storage = {
  completed: storageEnd,
  failed: failedStorage,
  takesRunId: true,
  goesOn: (jobId?: string) =>
    jobId === undefined ? 'what was asked of Storage may go on' : `job ${jobId} of Storage goes on`,
};

/** The closed list of kinds; the schema of each is in `src/input/pipeline/kinds.ts`. */
export const KINDS: { readonly [K in TaskKind]: Kind<KindInputs[K]> } = {
  job: {
    workflow: 'runJob',
    title: ({ component, config }) => `${component} / ${config ?? 'inline configuration'}`,
    name: ({ component, config }) => [component, config].filter((part) => part !== undefined).join('-'),
    ...job,
  },
  pipeline: {
    workflow: 'runPipeline',
    title: ({ name }) => `pipeline ${name}`,
    name: ({ name }) => name,
    completed: pipelineEnd,
    failed: (detail) => (isPipelineResult(detail) ? { pipeline: detail } : {}),
    takesRunId: true,
  },
  storage: {
    workflow: 'runStorageJob',
    title: ({ method, path }) => `${method} ${path}`,
    name: pathName,
    ...storage,
  },
  import: {
    workflow: 'importTable',
    title: ({ table }) => `import into ${table}`,
    name: ({ table }) => `import-${table}`,
    ...storage,
  },
  export: {
    workflow: 'exportTable',
    title: ({ table }) => `export of ${table}`,
    name: ({ table }) => `export-${table}`,
    ...storage,
  },
  asyncAction: {
    workflow: 'runAsyncAction',
    title: ({ method, path }) => `${method} ${path}`,
    name: pathName,
    ...job,
  },
  action: {
    workflow: 'callAction',
    title: ({ component, action }) => `action ${action} of ${component}`,
    name: ({ component, action }) => `${component}-${action}`,
    completed: (result) => ({ status: 'success', action: result as ActionAnswer }),
    failed: () => ({}),
    takesRunId: false,
    goesOn: () => 'the action may have been called, and ends by itself within 45 s',
  },
};

export const TASK_KINDS = Object.keys(KINDS) as readonly TaskKind[];

/** A task by its kind: what it is told, and what to do with it. */
export function kindOf(task: TaskInput): { kind: TaskKind; input: KindInputs[TaskKind]; of: Kind<never> } {
  const kind = TASK_KINDS.find((one) => task[one] !== undefined) ?? 'job';
  return { kind, input: task[kind] as KindInputs[TaskKind], of: KINDS[kind] };
}

/** The kind of a task by the type of the workflow that runs it. @returns undefined where a pipeline starts no such workflow. */
export function kindByWorkflow(type: string): TaskKind | undefined {
  return TASK_KINDS.find((kind) => KINDS[kind].workflow === type);
}

/** Without the query. */
function pathName({ path }: { path: string }): string {
  return path.replace(/\?.*$/, '');
}

/** A nested pipeline that ended with a warning has failed, as a job with one has. */
function pipelineEnd(result: unknown): TaskEnd {
  const pipeline = result as PipelineResult;
  if (pipeline.status !== 'warning') return { status: 'success', pipeline };
  const message = 'Tasks of the nested pipeline have failed, and it went on.';
  return { status: 'warning', pipeline, error: { type: 'PipelineWarning', message } };
}

function storageEnd(result: unknown): TaskEnd {
  return { status: 'success', storage: result as StorageTaskResult };
}

function failedStorage(detail: unknown): Partial<TaskEnd> {
  return isStorageResult(detail) ? { status: 'error', storage: detail } : {};
}
