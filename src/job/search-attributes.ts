import type { JobView } from './job-view.js';
import type { RunPlan } from './run-plan.js';

/** Search attributes of every Keboola workflow, all of type Keyword; `setup` registers them. */
export const SEARCH_ATTRIBUTES = [
  'KeboolaProject',
  'KeboolaComponent',
  'KeboolaConfig',
  'KeboolaJobId',
  'KeboolaRunId',
  'KeboolaStatus',
] as const;

const KEYWORD_LENGTH_MAX = 255;

export type SearchAttributeName = (typeof SEARCH_ATTRIBUTES)[number];

export type SearchAttributeValues = Partial<Record<SearchAttributeName, string>>;

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
  return text.slice(0, KEYWORD_LENGTH_MAX);
}

export function changedAttributes(before: SearchAttributeValues, after: SearchAttributeValues): SearchAttributeValues {
  const changed = SEARCH_ATTRIBUTES.filter((name) => after[name] !== undefined && after[name] !== before[name]);
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}
