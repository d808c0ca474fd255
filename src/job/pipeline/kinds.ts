import { isJobResult } from '../guard/job-result.js';
import { isStorageResult } from '../storage/result.js';
import type { KindInputs, TaskInput, TaskKind } from './input.js';
import { isActionAnswer, isPipelineResult } from './result-guard.js';
import type { TaskEnd } from './result.js';

/**
 * The texts of an input that a task is named after. Missing ones are empty, since a skipped task's input may be
 * anything.
 */
export interface Names {
  component: string;
  config?: string;
  name: string;
  path: string;
  table: string;
  method: string;
  action: string;
}

/** What a pipeline does with a task of one kind: the workflow that runs it, its input, and how to read its end. */
interface Kind {
  workflow: string;
  /** Input fields for which the author gives no value. */
  defaults?: object;
  /** What the task runs, for people. */
  title(names: Names): string;
  /** What an id is made of, if the author gives none. */
  name(names: Names): string;
  /** How the task ended, from the result of its workflow, which may be anything. */
  completed(result: unknown): TaskEnd;
  /** What the details of a failed workflow add to the reason; they may be anything. */
  failed(detail: unknown): Partial<Pick<TaskEnd, 'status' | 'job' | 'pipeline' | 'storage'>>;
  /** Whether the task takes a run id, which is put below that of the pipeline. */
  takesRunId: boolean;
  /** What goes on although the workflow was cancelled; absent if a cancelled workflow has stopped everything. */
  goesOn?: (jobId: string | undefined) => string;
}

const job = {
  // The orchestrator's rule: a warning counts as failed.
  defaults: { onWarning: 'fail' },
  completed: (result: unknown): TaskEnd =>
    isJobResult(result) ? { status: result.status, job: result } : strangeEnd('a job'),
  failed: (detail: unknown) => (isJobResult(detail) ? { status: detail.status, job: detail } : {}),
  takesRunId: true,
};

const storage = {
  completed: storageEnd,
  failed: failedStorage,
  takesRunId: true,
  goesOn: (jobId?: string) =>
    jobId === undefined ? 'the Storage job that it requested may still run' : `Storage job ${jobId} was left running`,
};

/** The closed list of kinds; the schema of each is in `src/input/pipeline/kinds.ts`. */
export const KINDS: Readonly<Record<TaskKind, Kind>> = {
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
    completed: (result) => (isActionAnswer(result) ? { status: 'success', action: result } : strangeEnd('an action')),
    failed: () => ({}),
    takesRunId: false,
    goesOn: () => 'the action may have been called; if so, it ends within 45 s',
  },
};

export const TASK_KINDS = Object.keys(KINDS) as readonly TaskKind[];

/** A task's kind, its input, and what to do with it. A skipped task may be of no kind, and counts as a job. */
export function kindOf(task: TaskInput): { kind: TaskKind; input: KindInputs[TaskKind] | undefined; spec: Kind } {
  const kind = TASK_KINDS.find((one) => task[one] !== undefined) ?? 'job';
  return { kind, input: task[kind], spec: KINDS[kind] };
}

/**
 * The kind of task that a workflow of this type runs.
 *
 * @returns undefined if a pipeline starts no such workflow.
 */
export function kindByWorkflow(type: string): TaskKind | undefined {
  return TASK_KINDS.find((kind) => KINDS[kind].workflow === type);
}

/** The path without its query. That of a skipped task may be any text, of any length. */
function pathName({ path }: { path: string }): string {
  const [name = ''] = path.split('?', 1);
  return name;
}

/** A nested pipeline that ended with a warning counts as failed, like a job that did. */
function pipelineEnd(result: unknown): TaskEnd {
  if (!isPipelineResult(result)) return strangeEnd('a pipeline');
  if (result.status !== 'warning') return { status: 'success', pipeline: result };
  const message = 'Some tasks of the nested pipeline failed, and the pipeline continued.';
  return { status: 'warning', pipeline: result, error: { type: 'PipelineWarning', message } };
}

function storageEnd(result: unknown): TaskEnd {
  return isStorageResult(result) ? { status: 'success', storage: result } : strangeEnd('a Storage job');
}

/** The answer may come from another version, or from somebody else's workflow of the same name. */
function strangeEnd(wanted: string): TaskEnd {
  return {
    status: 'error',
    error: { type: 'Failed', message: `Its workflow did not return the result of ${wanted}.` },
  };
}

function failedStorage(detail: unknown): Partial<TaskEnd> {
  return isStorageResult(detail) ? { status: 'error', storage: detail } : {};
}
