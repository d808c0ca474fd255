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

/** How the input of a task of one kind is checked. Pipelines, which hold tasks themselves, are checked by their tree. */
interface LeafKind {
  schema: z.ZodObject;
  /** What fields demand of each other. */
  broken(input: Fields): InputProblem[];
  /** What is searched for secrets. */
  scanned(input: Fields): unknown;
}

const below = { parentRunId: true } as const;
const all = (input: Fields): unknown => input;
const nothing = (): InputProblem[] => [];

/** The schema of each kind but `pipeline`; what becomes of a task is in `src/job/pipeline/kinds.ts`. */
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

/** The same for those who do not care which kind it is. */
export const leafKinds: readonly (readonly [string, LeafKind])[] = Object.entries(LEAF_KINDS);
