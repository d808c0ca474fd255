import type { Project, Token } from '../fixture/schema.js';
import type { Room } from './room.js';
import { StorageFailure } from './storage-failure.js';

/** A file of Storage: a container of blobs, most often of one. */
export interface StoredFile {
  readonly id: string;
  readonly project: Project;
  readonly token: Token;
  readonly name: string;
  readonly container: string;
  readonly blobName: string;
  readonly tags: readonly string[];
  readonly isSliced: boolean;
  readonly isPermanent: boolean;
  /** What the caller said; nobody checks it. */
  readonly sizeBytes: number | null;
  readonly runId: string | null;
  readonly createdAtMs: number;
  readonly blobs: Map<string, Buffer>;
  /** Blocks of blobs that are uploaded in parts, by blob and id. */
  readonly blocks: Map<string, Map<string, Buffer>>;
}

const FILES_MAX = 100_000;
const BLOBS_PER_FILE_MAX = 10_000;
const BLOCKS_PER_BLOB_MAX = 50_000;

/** Files of all projects, in memory, each byte counted. */
export class FileStore {
  readonly #files = new Map<string, StoredFile>();
  readonly #byContainer = new Map<string, StoredFile>();

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
  put(file: StoredFile, blobName: string, content: Buffer): void {
    this.#replace(file.blobs, blobName, content, BLOBS_PER_FILE_MAX);
  }

  putBlock(file: StoredFile, blobName: string, blockId: string, content: Buffer): void {
    const blocks = file.blocks.get(blobName) ?? new Map<string, Buffer>();
    this.#replace(blocks, blockId, content, BLOCKS_PER_BLOB_MAX);
    file.blocks.set(blobName, blocks);
  }

  /** Makes a blob of its blocks; undefined when one of them is missing. */
  commitBlocks(file: StoredFile, blobName: string, blockIds: readonly string[]): Buffer | undefined {
    const blocks = file.blocks.get(blobName);
    const parts = blockIds.flatMap((id) => blocks?.get(id) ?? []);
    if (parts.length < blockIds.length) return undefined;
    const content = Buffer.concat(parts);
    this.#dropBlocks(file, blobName);
    this.put(file, blobName, content);
    return content;
  }

  remove(file: StoredFile): void {
    if (!this.#files.delete(file.id)) return;
    this.#byContainer.delete(file.container);
    for (const blobName of file.blocks.keys()) this.#dropBlocks(file, blobName);
    this.room.release([...file.blobs.values()].reduce((sum, { byteLength }) => sum + byteLength, 0));
  }

  #replace(target: Map<string, Buffer>, name: string, content: Buffer, countMax: number): void {
    if (!target.has(name) && target.size >= countMax) {
      throw new StorageFailure('sandbox.full', `A file has ${countMax} parts at most`);
    }
    this.room.take(content.byteLength - (target.get(name)?.byteLength ?? 0));
    target.set(name, content);
  }

  #dropBlocks(file: StoredFile, blobName: string): void {
    for (const { byteLength } of file.blocks.get(blobName)?.values() ?? []) this.room.release(byteLength);
    file.blocks.delete(blobName);
  }
}

export function isUploaded({ blobs, blobName, isSliced }: StoredFile): boolean {
  return blobs.has(isSliced ? `${blobName}manifest` : blobName);
}
