import type { ConnectionSettings } from '../../keboola/connection/connection.js';
import { QUEUE_CONNECTION } from '../local-stack.js';

/** Stops a job in the sandbox through its project's API, as somebody does who knows nothing of Temporal. */
export async function killInKeboola({ name, url, token }: ConnectionSettings, jobId: string): Promise<void> {
  const path = name === QUEUE_CONNECTION ? `/jobs/${jobId}/kill` : `/queue/jobs/${jobId}/kill`;
  await fetch(new URL(path, url), { method: 'POST', headers: { 'x-storageapi-token': token() } });
}
