import { BlobSigner } from './blob-signature.js';
import { Catalog } from './catalog.js';
import { DevBranches } from './dev-branches.js';
import { EventLog } from './event-log.js';
import { FileStore } from './file-store.js';
import { Room } from './room.js';
import { StorageJobs } from './storage-jobs.js';
import { Workspaces } from './workspaces.js';

/** All that Storage holds. A reset makes a new one; nothing of it is on disk. */
export class StorageState {
  readonly jobs = new StorageJobs();
  readonly workspaces = new Workspaces();
  readonly branches = new DevBranches();
  readonly events = new EventLog();
  readonly catalog = new Catalog();
  readonly signer = new BlobSigner();
  readonly room: Room;
  readonly files: FileStore;

  constructor(bytesMax: () => number) {
    this.room = new Room(bytesMax);
    this.files = new FileStore(this.room);
  }
}
