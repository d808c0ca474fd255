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

/** Temporal takes 40 KiB of attributes per workflow, the author's own ones included; the rest is for what ours weigh. */
const OTHERS_BYTES_MAX = 28 * 1024;
/** What a value weighs beside its JSON: its type and its encoding. */
const BYTES_PER_VALUE = 64;

export type SearchAttributeName = (typeof SEARCH_ATTRIBUTES)[number];

export type SearchAttributeValues = Partial<Record<SearchAttributeName, string>>;

/** An attribute that a workflow may not write. */
export interface SearchAttributeFault {
  name: string;
  /** The type that it is registered with, where that is a wrong one; without it the name is not registered. */
  type?: string;
}

/** What the server said of our attributes, and when it was asked. */
export interface SearchAttributeAnswer {
  ready: boolean;
  /** Epoch milliseconds, by the workflow's clock, of the order that brought the answer: it is not older than that. */
  askedMs: number;
}

/** The worker remembers an answer for as long, and so may the workflow: together a minute. */
export const ANSWER_LIFETIME_MS = 30_000;

/**
 * Whether the attributes may be written now. Temporal refuses a wrong one after the workflow has decided, and then fails
 * its task for ever; so an answer counts that is fresh, and no guess.
 */
export function mayWrite(answer: SearchAttributeAnswer | undefined, nowMs: number): boolean {
  if (!answer?.ready) return false;
  const ageMs = nowMs - answer.askedMs;
  return ageMs >= 0 && ageMs <= ANSWER_LIFETIME_MS;
}

/** Whether ours have room beside what the author has given the workflow, as names and values. */
export function hasRoomBeside(others: Readonly<Record<string, unknown>>): boolean {
  const ours: readonly string[] = SEARCH_ATTRIBUTES;
  const foreign = Object.entries(others).filter(([name]) => !ours.includes(name));
  const bytes = foreign.reduce((sum, [name, value]) => sum + jsonBytes(name) + jsonBytes(value) + BYTES_PER_VALUE, 0);
  return bytes <= OTHERS_BYTES_MAX;
}

/** For people: what it means that they cannot be written. */
export const GONE_WITHOUT = 'Jobs run without them; lists by component, status or job id do not show these jobs.';

/** For people. */
export function faultsText(faults: readonly SearchAttributeFault[]): string {
  const missing = faults.filter(({ type }) => type === undefined).map(({ name }) => name);
  const wrong = faults.flatMap(({ name, type }) =>
    type === undefined ? [] : [`${name} is registered as ${type}, and Keyword is wanted`],
  );
  return [...(missing.length > 0 ? [`not registered: ${missing.join(', ')}`] : []), ...wrong].join('; ');
}

/** What a job shows of itself in lists: written once when the job exists, later only where it changed. */
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

/** Temporal takes 2 KiB, its SQL visibility stores 255 characters; a longer value would fail task after task. */
function keyword(text: string): string {
  return cut(text, KEYWORD_LENGTH_MAX);
}

/** What is left of the values where a server has lost some of the names. */
export function without(values: SearchAttributeValues, lost: readonly string[]): SearchAttributeValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !lost.includes(name)));
}

export function changedAttributes(before: SearchAttributeValues, after: SearchAttributeValues): SearchAttributeValues {
  const changed = SEARCH_ATTRIBUTES.filter((name) => after[name] !== undefined && after[name] !== before[name]);
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}
