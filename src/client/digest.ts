import { createHash } from 'node:crypto';
import { DEFAULT_CONNECTION, type RunJobInput } from '../job/input.js';
import { whatToCall, type RunAsyncActionInput } from '../job/async-action.js';
import type { PipelineInput } from '../job/pipeline/input.js';
import type { ExportTableInput, ImportTableInput, RunStorageJobInput } from '../job/storage/input.js';
import type { WaitForJobInput } from '../job/wait-input.js';
import { policyWithDefaults, withDefaults } from '../input/with-defaults.js';

/** The input of any workflow. */
export type AnyInput =
  | RunJobInput
  | RunAsyncActionInput
  | WaitForJobInput
  | PipelineInput
  | RunStorageJobInput
  | ImportTableInput
  | ExportTableInput;

/** A digest of what an input asks for; two inputs that mean the same have the same one, whatever their key order. */
export function inputDigest(input: AnyInput): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(meant(input))))
    .digest('hex')
    .slice(0, 32);
}

function meant(input: AnyInput): object {
  // Of a pipeline that is said in another way it is only told that it is another one.
  if ('phases' in input) return input;
  if (isAsyncAction(input)) return { ...whatToCall(input), ...policyWithDefaults(input) };
  if ('path' in input || 'table' in input) return { connection: DEFAULT_CONNECTION, ...input };
  return 'jobId' in input ? { connection: DEFAULT_CONNECTION, onCancel: 'leave', ...input } : withDefaults(input);
}

/** The path of a call of a component begins at the root; that of a call of Storage begins below its address. */
function isAsyncAction(input: AnyInput): input is RunAsyncActionInput {
  return 'path' in input && input.path.startsWith('/');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, sorted(field)]));
}
