import { nextDelayMs } from '../../../dist/job/wait/poll-schedule.js';

const COMPONENT = 'keboola.ex-http';

/**
 * The two requests that every peer of Node makes. Both tell how long to rest before the next read (`restMs`): by our own
 * schedule, so that all make as many of them. Whatever throws is for the peer to repeat.
 */
export function keboolaOf({ url, token }) {
  const request = async (path, options = {}) => {
    const headers = { 'x-storageapi-token': token, 'content-type': 'application/json' };
    const answer = await fetch(`${url}${path}`, { ...options, headers });
    if (!answer.ok) throw new Error(`Keboola answered ${answer.status}`);
    return await answer.json();
  };
  return {
    /** @returns `{ jobId, createdMs, restMs }`, the instant in milliseconds since 1970. */
    async createJob(configData) {
      const { id } = await request(`/docker/${COMPONENT}/run`, {
        method: 'POST',
        body: JSON.stringify({ configData }),
      });
      const createdMs = Date.now();
      return { jobId: String(id), createdMs, restMs: restMs(createdMs) };
    },

    /** @returns `{ jobId, status, isFinished, restMs }` of what `createJob` has returned. */
    async readJob({ jobId, createdMs }) {
      const { status, isFinished } = await request(`/queue/job/${jobId}`);
      return { jobId, status, isFinished, restMs: restMs(createdMs) };
    },
  };
}

function restMs(createdMs) {
  return nextDelayMs({ phase: 'processing', ageMs: Date.now() - createdMs, random: Math.random });
}
