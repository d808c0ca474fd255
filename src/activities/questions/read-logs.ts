import { DEFAULT_CONNECTION } from '../../job/input.js';
import { jobPage } from '../../job/job-page.js';
import type { JobLogs, LogLine, ReadLogsInput } from '../../job/questions.js';
import type { JobView } from '../../job/job-view.js';
import type { JobApi } from '../../keboola/jobs/job-api.js';
import type { ActivityDeps } from '../deps.js';
import { isKeboolasDoing } from '../failures.js';

const LIMIT_DEFAULT = 20;

/** A job with its events. Storage keeps the events; if the token may not read them, `eventsMissing` says so. */
export async function readLogs(
  deps: ActivityDeps,
  { connection = DEFAULT_CONNECTION, jobId, limit = LIMIT_DEFAULT }: ReadLogsInput,
): Promise<JobLogs> {
  const keboola = deps.connections.get(connection);
  const [jobs, project] = await Promise.all([keboola.jobs(), keboola.facts()]);
  const { view } = await jobs.get(jobId);
  const { runId, status, component, config, message, exceptionId } = view;
  return {
    jobId,
    runId,
    status,
    component,
    ...(config !== undefined && { config }),
    ...(message !== undefined && { message }),
    ...(exceptionId !== undefined && { exceptionId }),
    url: jobs.jobUrl(jobId),
    page: jobPage(jobs.jobsPage(project.id), jobId),
    ...(await eventsOf(jobs, view, limit)),
  };
}

async function eventsOf(
  jobs: JobApi,
  view: JobView,
  limit: number,
): Promise<{ events: LogLine[]; eventsMissing?: string }> {
  try {
    const events = await jobs.events(view, limit);
    return events ? { events } : { events: [], eventsMissing: 'the job has no run id' };
  } catch (error) {
    if (!isKeboolasDoing(error)) throw error;
    return { events: [], eventsMissing: error.message };
  }
}
