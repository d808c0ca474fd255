import type { RunPlan } from './run-plan.js';

type Project = Pick<RunPlan, 'project'>;

/** A job and its URL in Keboola's API, which needs a token. */
interface Located {
  jobId: string;
  url: string;
}

/** The page of a job, for people who are signed in to Keboola. */
export function jobPage(jobsPage: string, jobId: string): string {
  return `${jobsPage}/${encodeURIComponent(jobId)}`;
}

/** The links to a job for programs and for people. Storage jobs have no pages of their own. */
export function linksTo({ project: { jobsPage } }: Project, { jobId, url }: Located): { url: string; page?: string } {
  return { url, ...(jobsPage !== undefined && { page: jobPage(jobsPage, jobId) }) };
}

/** What to open to look at a job: its page if it has one, otherwise its document. */
export function placeToLook(plan: Project, job: Located): string {
  const { url, page = url } = linksTo(plan, job);
  return page;
}
