import type { Keboola } from '../../src/keboola/keboola.js';
import { SyrupJobApi } from '../../src/keboola/syrup/syrup-job-api.js';

/** The adapter behind the port, for what can be asked of Syrup alone. */
export async function syrupJobs(keboola: Keboola): Promise<SyrupJobApi> {
  const jobs = await keboola.jobs();
  if (jobs instanceof SyrupJobApi) return jobs;
  throw new TypeError('the project does not speak Syrup');
}
