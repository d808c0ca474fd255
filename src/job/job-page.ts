import type { RunPlan } from './run-plan.js';

type Project = Pick<RunPlan, 'project'>;

/** A job, and where it is in Keboola's API, which wants a token. */
interface Located {
  jobId: string;
  url: string;
}

/** The page of a job, for people who are signed in to Keboola. */
export function jobPage(jobsPage: string, jobId: string): string {
  return `${jobsPage}/${encodeURIComponent(jobId)}`;
}

/** Where a job is, for programs and for people. Jobs of Storage have no page each. */
export function linksTo({ project: { jobsPage } }: Project, { jobId, url }: Located): { url: string; page?: string } {
  return { url, ...(jobsPage !== undefined && { page: jobPage(jobsPage, jobId) }) };
}

/** What to open to look at a job: its page, or else its document. */
export function placeToLook(plan: Project, job: Located): string {
  const { url, page = url } = linksTo(plan, job);
  return page;
}
