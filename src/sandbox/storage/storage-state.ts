import type { Project } from '../fixture/schema.js';
import { BlobSigner } from './access/blob-signature.js';
import { Catalog, emptyBucket } from './catalog.js';
import { DevBranches } from './dev-branches.js';
import { EventLog } from './event-log.js';
import { FileStore } from './file-store.js';
import { Room } from './room.js';
import { GrantSealer } from './access/sealed-grant.js';
import { StorageJobs } from './storage-jobs.js';
import { Workspaces } from './workspaces.js';

/** When a fixture's buckets were created: at the same time as its configurations. */
const MADE_AT_MS = Date.parse('2016-03-29T12:26:17+02:00');

/** All that Storage holds; a reset makes a new one. Only long files are on disk, where they have no names. */
export class StorageState {
  readonly jobs = new StorageJobs();
  readonly workspaces = new Workspaces();
  readonly branches = new DevBranches();
  readonly events = new EventLog();
  readonly catalog = new Catalog();
  readonly signer = new BlobSigner();
  readonly grants = new GrantSealer();
  readonly room: Room;
  readonly files: FileStore;

  constructor(bytesMax: () => number) {
    this.room = new Room(bytesMax);
    this.files = new FileStore(this.room);
  }

  /** Frees the disk. */
  close(): void {
    this.files.close();
  }

  /** Adds the buckets that a fixture names. */
  addBuckets(projects: readonly Project[]): void {
    for (const project of projects) {
      for (const id of project.buckets) {
        const [stage = '', name = ''] = id.split('.c-');
        this.catalog.addBucket(emptyBucket(project, stage, name, MADE_AT_MS));
      }
    }
  }
}
