import type { Project, Token } from '../fixture/schema.js';
import type { FileProvider } from '../settings.js';
import { Content } from './content/content.js';
import { DiskPlace } from './content/disk-place.js';
import { GrowingMd5 } from './content/growing-md5.js';
import type { Room } from './room.js';
import { StorageFailure } from './storage-failure.js';

/** A file of Storage: a container of blobs, usually of just one. */
export interface StoredFile {
  readonly id: string;
  readonly project: Project;
  readonly token: Token;
  readonly name: string;
  readonly provider: FileProvider;
  /** The container of its blobs at Azure, unique to the file. */
  readonly container: string;
  /** The key of its object at AWS and Google; the keys of its slices begin with it. */
  readonly blobName: string;
  readonly tags: readonly string[];
  readonly isSliced: boolean;
  readonly isPermanent: boolean;
  /** As the caller gave it; nobody checks it. */
  readonly sizeBytes: number | null;
  readonly runId: string | null;
  readonly createdAtMs: number;
  readonly blobs: Map<string, Content>;
  /** Blocks of blobs that are uploaded in parts, by blob and id. */
  readonly blocks: Map<string, Map<string, Content>>;
  /** The block list that a blob was made from, so that the same list may come twice. */
  readonly committed: Map<string, string>;
  /** Ids of the uploads in parts that have begun. */
  readonly uploads: Set<string>;
}

/** Longer contents go to the disk: they are few, and would fill the memory. */
const MEMORY_BYTES_MAX = 1_048_576;
const FILES_MAX = 100_000;
const BLOBS_PER_FILE_MAX = 10_000;
const BLOCKS_PER_BLOB_MAX = 50_000;
const UPLOADS_PER_FILE_MAX = 1_000;

/** Files of all projects, in memory or, if long, on the disk. Every byte is counted. */
export class FileStore {
  readonly #files = new Map<string, StoredFile>();
  readonly #byContainer = new Map<string, StoredFile>();
  readonly #disks = new Map<StoredFile, DiskPlace>();
  /** The checksums of blobs that are still being appended to. */
  readonly #hashes = new Map<string, GrowingMd5>();
  #uploads = 0;

  constructor(readonly room: Room) {}

  /** @throws StorageFailure when there are too many. */
  add(file: StoredFile): void {
    if (this.#files.size >= FILES_MAX) throw new StorageFailure('sandbox.full', `The sandbox holds ${FILES_MAX} files`);
    this.#files.set(file.id, file);
    this.#byContainer.set(file.container, file);
  }

  find(project: Project, id: string): StoredFile | undefined {
    const found = this.#files.get(id);
    return found?.project === project ? found : undefined;
  }

  inContainer(container: string): StoredFile | undefined {
    return this.#byContainer.get(container);
  }

  newestFirst(project: Project): StoredFile[] {
    return [...this.#files.values()].filter((file) => file.project === project).reverse();
  }

  /** Writes a blob over what was there. @throws StorageFailure when there is no room */
  put(file: StoredFile, blobName: string, bytes: Buffer): Content {
    const content = this.#replace(file, file.blobs, blobName, { bytes }, BLOBS_PER_FILE_MAX);
    file.committed.delete(blobName);
    return content;
  }

  putBlock(file: StoredFile, blobName: string, blockId: string, bytes: Buffer): Content {
    const blocks = file.blocks.get(blobName) ?? new Map<string, Content>();
    // Nobody reads a block before it is part of a blob, so a block that is sent again may overwrite the first one.
    const over = blocks.get(blockId)?.place;
    const content = this.#replace(file, blocks, blockId, { bytes, over }, BLOCKS_PER_BLOB_MAX);
    file.blocks.set(blobName, blocks);
    return content;
  }

  /** Appends bytes to a blob, and to the checksum of the whole. */
  append(file: StoredFile, blobName: string, bytes: Buffer): void {
    const key = hashKey(file, blobName);
    const { size = 0 } = file.blocks.get(blobName) ?? {};
    if (size === 0) this.#hashes.set(key, new GrowingMd5());
    this.putBlock(file, blobName, String(size), bytes);
    this.#hashes.get(key)?.update(bytes);
  }

  /** Makes a blob of everything that was appended. */
  commitAppended(file: StoredFile, blobName: string): Content {
    const md5 = this.#hashes.get(hashKey(file, blobName))?.base64();
    return this.#commit(file, blobName, [...(file.blocks.get(blobName)?.values() ?? [])], md5);
  }

  /** Assembles a blob from its blocks; undefined when one of them is missing. */
  commitBlocks(file: StoredFile, blobName: string, blockIds: readonly string[]): Content | undefined {
    const list = blockIds.join();
    if (file.committed.get(blobName) === list) return file.blobs.get(blobName);
    const blocks = file.blocks.get(blobName);
    const parts = blockIds.flatMap((id) => blocks?.get(id) ?? []);
    if (parts.length < blockIds.length) return undefined;
    const content = this.#commit(file, blobName, parts);
    file.committed.set(blobName, list);
    return content;
  }

  /** Begins an upload in parts and returns its id. @throws StorageFailure when there are too many */
  beginUpload(file: StoredFile): string {
    if (file.uploads.size >= UPLOADS_PER_FILE_MAX) {
      throw new StorageFailure('sandbox.full', `A file has ${UPLOADS_PER_FILE_MAX} uploads at most`);
    }
    const id = `upload-${file.id}-${++this.#uploads}`;
    file.uploads.add(id);
    return id;
  }

  hasUpload({ uploads }: StoredFile, id: string): boolean {
    return uploads.has(id);
  }

  /** Ends an upload and drops the parts that no blob has been made of. */
  endUpload(file: StoredFile, id: string, blobName: string): void {
    file.uploads.delete(id);
    this.#dropBlocks(file, blobName);
  }

  remove(file: StoredFile): void {
    if (!this.#files.delete(file.id)) return;
    this.#byContainer.delete(file.container);
    for (const blobName of file.blocks.keys()) this.#dropBlocks(file, blobName);
    this.room.release([...file.blobs.values()].reduce((sum, { byteLength }) => sum + byteLength, 0));
    this.#disks.get(file)?.close();
    this.#disks.delete(file);
  }

  /** Frees the disk. */
  close(): void {
    for (const disk of this.#disks.values()) disk.close();
    this.#disks.clear();
  }

  #replace(
    file: StoredFile,
    target: Map<string, Content>,
    name: string,
    { bytes, over }: { bytes: Buffer; over?: Content['place'] },
    countMax: number,
  ): Content {
    if (!target.has(name) && target.size >= countMax) {
      throw new StorageFailure('sandbox.full', `A file has ${countMax} parts at most`);
    }
    this.room.take(bytes.byteLength - (target.get(name)?.byteLength ?? 0));
    const content = this.#kept(file, bytes, over);
    target.set(name, content);
    return content;
  }

  #kept(file: StoredFile, bytes: Buffer, over: Content['place']): Content {
    if (bytes.byteLength <= MEMORY_BYTES_MAX) return Content.of(bytes);
    const disk = this.#disks.get(file) ?? new DiskPlace();
    this.#disks.set(file, disk);
    return Content.of({ disk, at: disk.write(bytes, over), byteLength: bytes.byteLength });
  }

  #commit(file: StoredFile, blobName: string, parts: readonly Content[], md5?: string): Content {
    const content = Content.joined(parts, md5);
    this.#dropBlocks(file, blobName);
    this.room.take(content.byteLength - (file.blobs.get(blobName)?.byteLength ?? 0));
    file.blobs.set(blobName, content);
    file.committed.delete(blobName);
    return content;
  }

  #dropBlocks(file: StoredFile, blobName: string): void {
    for (const { byteLength } of file.blocks.get(blobName)?.values() ?? []) this.room.release(byteLength);
    file.blocks.delete(blobName);
    this.#hashes.delete(hashKey(file, blobName));
  }
}

function hashKey({ id }: StoredFile, blobName: string): string {
  return `${id}/${blobName}`;
}

export function isUploaded({ blobs, blobName, isSliced }: StoredFile): boolean {
  return blobs.has(isSliced ? `${blobName}manifest` : blobName);
}
