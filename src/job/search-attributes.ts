import { jsonBytes } from './bound-result.js';
import type { JobView } from './job-view.js';
import type { RunPlan } from './run-plan.js';
import { cut } from './text/well-formed.js';

/** Search attributes of every Keboola workflow, all of type Keyword; `setup` registers them. */
export const SEARCH_ATTRIBUTES = [
  'KeboolaProject',
  'KeboolaComponent',
  'KeboolaConfig',
  'KeboolaJobId',
  'KeboolaRunId',
  'KeboolaStatus',
] as const;

export const KEYWORD_LENGTH_MAX = 255;

/** Temporal takes 40 KiB of attributes per workflow, the author's own included; we leave the rest for ours. */
const OTHERS_BYTES_MAX = 28 * 1024;
/** What a value takes besides its JSON: its type and its encoding. */
const BYTES_PER_VALUE = 64;

export type SearchAttributeName = (typeof SEARCH_ATTRIBUTES)[number];

export type SearchAttributeValues = Partial<Record<SearchAttributeName, string>>;

/** A search attribute that a workflow may not write. */
export interface SearchAttributeFault {
  name: string;
  /** The wrong type that the name is registered with; absent if the name is not registered. */
  type?: string;
}

/** What the server said about our attributes, and when it was asked. */
export interface SearchAttributeAnswer {
  ready: boolean;
  /** When the workflow ordered the answer, by its clock, epoch milliseconds: the answer is no older than that. */
  askedMs: number;
}

/** How long the worker may reuse an answer, and then the workflow: a minute together. */
export const ANSWER_LIFETIME_MS = 30_000;

/**
 * Whether the attributes may be written now. Temporal rejects an invalid attribute only after the workflow has decided,
 * and then fails the workflow task for ever. So only a fresh answer counts, and never a guess.
 */
export function mayWrite(answer: SearchAttributeAnswer | undefined, nowMs: number): boolean {
  if (!answer?.ready) return false;
  const ageMs = nowMs - answer.askedMs;
  return ageMs >= 0 && ageMs <= ANSWER_LIFETIME_MS;
}

/** Whether our attributes still fit beside the author's, which are given as names and values. */
export function hasRoomBeside(others: Readonly<Record<string, unknown>>): boolean {
  const ours: readonly string[] = SEARCH_ATTRIBUTES;
  const foreign = Object.entries(others).filter(([name]) => !ours.includes(name));
  const bytes = foreign.reduce((sum, [name, value]) => sum + jsonBytes(name) + jsonBytes(value) + BYTES_PER_VALUE, 0);
  return bytes <= OTHERS_BYTES_MAX;
}

/** For people: what it means that the attributes cannot be written. */
export const GONE_WITHOUT =
  'Jobs still run without them, but lists filtered by component, status or job id will not show them.';

/** For people. */
export function faultsText(faults: readonly SearchAttributeFault[]): string {
  const missing = faults.filter(({ type }) => type === undefined).map(({ name }) => name);
  const wrong = faults.flatMap(({ name, type }) =>
    type === undefined ? [] : [`${name} is registered as ${type}, but must be Keyword`],
  );
  return [...(missing.length > 0 ? [`not registered: ${missing.join(', ')}`] : []), ...wrong].join('; ');
}

/** The attributes that list a job: written once when the job exists, later only where they have changed. */
export function searchAttributesOf(plan: RunPlan, view: JobView): SearchAttributeValues {
  const config = view.config ?? plan.config;
  return {
    KeboolaProject: keyword(plan.project.id),
    KeboolaComponent: keyword(plan.component),
    ...(config === undefined ? {} : { KeboolaConfig: keyword(config) }),
    KeboolaJobId: keyword(view.jobId),
    ...(view.runId === '' ? {} : { KeboolaRunId: keyword(view.runId) }),
    KeboolaStatus: keyword(view.status),
  };
}

/** Temporal takes 2 KiB, but SQL visibility stores 255 characters; a longer value would fail every workflow task. */
function keyword(text: string): string {
  return cut(text, KEYWORD_LENGTH_MAX);
}

/** The values without the names that the server has lost. */
export function without(values: SearchAttributeValues, lost: readonly string[]): SearchAttributeValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !lost.includes(name)));
}

export function changedAttributes(before: SearchAttributeValues, after: SearchAttributeValues): SearchAttributeValues {
  const changed = SEARCH_ATTRIBUTES.filter((name) => after[name] !== undefined && after[name] !== before[name]);
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}
