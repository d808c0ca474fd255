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

export type SearchAttributeName = (typeof SEARCH_ATTRIBUTES)[number];

export type SearchAttributeValues = Partial<Record<SearchAttributeName, string>>;

/** What a job shows of itself in lists: written once when the job exists, later only where it changed. */
export function searchAttributesOf(plan: RunPlan, view: JobView): SearchAttributeValues {
  const config = view.config ?? plan.config;
  return {
    KeboolaProject: plan.project.id,
    KeboolaComponent: plan.component,
    ...(config === undefined ? {} : { KeboolaConfig: config }),
    KeboolaJobId: view.jobId,
    ...(view.runId === '' ? {} : { KeboolaRunId: view.runId }),
    KeboolaStatus: view.status,
  };
}

export function changedAttributes(before: SearchAttributeValues, after: SearchAttributeValues): SearchAttributeValues {
  const changed = SEARCH_ATTRIBUTES.filter((name) => after[name] !== undefined && after[name] !== before[name]);
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}
