import type { AdapterDeps, Adapters } from '../jobs/adapters.js';
import { SyrupActionApi } from './syrup-action-api.js';
import { SyrupJobApi } from './syrup-job-api.js';

/** Syrup, Keboola's first generation of job APIs, behind the ports. */
export function openSyrup(deps: AdapterDeps): Adapters {
  return { dialect: 'syrup', jobs: new SyrupJobApi(deps), actions: new SyrupActionApi(deps) };
}
