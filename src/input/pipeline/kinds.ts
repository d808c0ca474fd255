import type { z } from 'zod';
import type { TaskKind } from '../../job/pipeline/input.js';
import { brokenActionRules, brokenRules } from '../field-rules.js';
import type { InputProblem } from '../input-problem.js';
import { QUESTION_SCHEMAS } from '../schemas/questions.js';
import { RunAsyncActionInputSchema } from '../schemas/run-async-action.js';
import { RunJobInputSchema } from '../schemas/run-job.js';
import { withoutData } from '../storage/check-storage.js';
import { brokenCallRules, brokenExportRules, brokenImportRules } from '../storage/rules.js';
import { ExportTableSchema, ImportTableSchema, RunStorageJobSchema } from '../storage/schemas.js';

type Fields = Record<string, unknown>;

/** How the input of one kind of task is checked. Nested pipelines are checked elsewhere, since they hold tasks. */
interface LeafKind {
  schema: z.ZodObject;
  /** Finds violated rules between fields. */
  broken(input: Fields): InputProblem[];
  /** The part of the input that is searched for secrets. */
  scanned(input: Fields): unknown;
}

const below = { parentRunId: true } as const;
const all = (input: Fields): unknown => input;
const nothing = (): InputProblem[] => [];

/** The schemas of all kinds but `pipeline`; how a task runs is in `src/job/pipeline/kinds.ts`. */
export const LEAF_KINDS = {
  job: {
    schema: RunJobInputSchema.omit(below).describe(
      'Runs a job: the input of runJob. Its onWarning is "fail" here unless it says otherwise.',
    ),
    broken: brokenRules,
    scanned: all,
  },
  storage: {
    schema: RunStorageJobSchema.omit(below).describe(
      'Makes an asynchronous call of Storage: the input of runStorageJob.',
    ),
    broken: brokenCallRules,
    scanned: all,
  },
  import: {
    schema: ImportTableSchema.omit(below).describe('Loads CSV into a table: the input of importTable.'),
    broken: brokenImportRules,
    scanned: withoutData,
  },
  export: {
    schema: ExportTableSchema.omit(below).describe('Exports a table: the input of exportTable.'),
    broken: brokenExportRules,
    scanned: all,
  },
  asyncAction: {
    schema: RunAsyncActionInputSchema.omit(below).describe(
      'Makes a call that is answered by a job: the input of runAsyncAction. Its onWarning is "fail" here unless it says otherwise.',
    ),
    broken: brokenActionRules,
    scanned: all,
  },
  action: {
    schema: QUESTION_SCHEMAS.callAction.describe('Calls a synchronous action: the input of callAction.'),
    broken: nothing,
    scanned: all,
  },
} satisfies Record<Exclude<TaskKind, 'pipeline'>, LeafKind>;

/** The same as a list, to go through all kinds. */
export const leafKinds: readonly (readonly [string, LeafKind])[] = Object.entries(LEAF_KINDS);
