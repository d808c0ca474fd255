import { createHash } from 'node:crypto';
import { DEFAULT_CONNECTION, type RunJobInput } from '../job/input.js';
import { whatToCall, type RunAsyncActionInput } from '../job/async-action.js';
import type { PipelineInput } from '../job/pipeline/input.js';
import type { ExportTableInput, ImportTableInput, RunStorageJobInput } from '../job/storage/input.js';
import type { WaitForJobInput } from '../job/wait/input.js';
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

/** A digest of what an input asks for. Inputs that mean the same share a digest, whatever the order of their keys. */
export function inputDigest(input: AnyInput): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(meant(input))))
    .digest('hex')
    .slice(0, 32);
}

function meant(input: AnyInput): object {
  // No defaults are filled in for pipelines: one that is written differently counts as a different one.
  if ('phases' in input) return input;
  if (isAsyncAction(input)) return { ...whatToCall(input), ...policyWithDefaults(input) };
  if ('path' in input || 'table' in input) return { connection: DEFAULT_CONNECTION, ...input };
  return 'jobId' in input ? { connection: DEFAULT_CONNECTION, onCancel: 'leave', ...input } : withDefaults(input);
}

/** The path of a component call begins with a slash; that of a Storage call is relative to Storage's address. */
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
