import { StorageJobs } from './storage-jobs.js';
import { Workspaces } from './workspaces.js';

/** All that Storage holds. A reset makes a new one; nothing of it is on disk. */
export class StorageState {
  readonly jobs = new StorageJobs();
  readonly workspaces = new Workspaces();
}
