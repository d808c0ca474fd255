import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { nextDelayMs } from '../../../dist/job/wait/poll-schedule.js';

/** The requests of a plain workflow. Temporal retries whatever throws. */
export function plainActivities({ url, token }) {
  const request = async (path, options = {}) => {
    const headers = { 'x-storageapi-token': token, 'content-type': 'application/json' };
    const answer = await fetch(`${url}${path}`, { ...options, headers });
    if (!answer.ok) throw new Error(`Keboola answered ${answer.status}`);
    return await answer.json();
  };
  const readJob = (jobId) => request(`/queue/job/${jobId}`);

  return {
    readJob,

    async createJob(component, configData) {
      return await request(`/docker/${component}/run`, { method: 'POST', body: JSON.stringify({ configData }) });
    },

    /** One look; while the job runs it fails and says when to try again, by Temporal's own clock. */
    async pollJob(jobId) {
      const job = await readJob(jobId);
      if (job.isFinished) return job;
      const { scheduledTimestampMs, currentAttemptScheduledTimestampMs } = activityInfo();
      const ageMs = currentAttemptScheduledTimestampMs - scheduledTimestampMs;
      throw ApplicationFailure.create({
        message: `Job ${jobId} is ${job.status}`,
        nextRetryDelay: nextDelayMs({ phase: 'processing', ageMs, random: Math.random }),
      });
    },
  };
}
