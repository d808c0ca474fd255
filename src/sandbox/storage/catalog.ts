import type { Project } from '../fixture/schema.js';
import { StorageFailure } from './storage-failure.js';

export interface Row {
  /** In the order of the table's columns. */
  readonly cells: readonly string[];
  readonly changedAtMs: number;
}

export interface Table {
  readonly id: string;
  readonly name: string;
  readonly bucket: Bucket;
  readonly primaryKey: readonly string[];
  readonly createdAtMs: number;
  columns: readonly string[];
  rows: readonly Row[];
  /** The size of the values alone; `heldBytes` is what they take of the sandbox's memory. */
  dataBytes: number;
  heldBytes: number;
  lastImportAtMs: number;
  lastChangeAtMs: number;
  /** Files of earlier exports, by what was asked for; cleared when the data changes. */
  readonly exports: Map<string, string>;
}

export interface Bucket {
  /** `in.c-main` */
  readonly id: string;
  /** `c-main` */
  readonly name: string;
  readonly displayName: string;
  readonly stage: string;
  readonly description: string;
  readonly backend: string;
  readonly project: Project;
  readonly createdAtMs: number;
  lastChangeAtMs: number | null;
  /** By name. */
  readonly tables: Map<string, Table>;
}

type OfProject = Pick<Project, 'id'>;

const BUCKETS_MAX = 10_000;
const TABLES_PER_BUCKET_MAX = 10_000;

/** Buckets with their tables, of all projects. */
export class Catalog {
  readonly #buckets = new Map<string, Bucket>();

  /** @throws StorageFailure when the id or the display name is taken, or there are too many. */
  addBucket(bucket: Bucket): void {
    const { id, displayName, project, stage } = bucket;
    if (this.bucket(project, id) !== undefined) {
      throw new StorageFailure('storage.buckets.alreadyExists', `The bucket ${id} already exists.`);
    }
    if (this.bucketsOf(project).some((other) => other.stage === stage && other.displayName === displayName)) {
      const message = `The display name "${displayName}" already exists in project.`;
      throw new StorageFailure('storage.buckets.alreadyExists', message);
    }
    if (this.#buckets.size >= BUCKETS_MAX) throw full(`${BUCKETS_MAX} buckets`);
    this.#buckets.set(key(project, id), bucket);
  }

  bucket(project: OfProject, id: string): Bucket | undefined {
    return this.#buckets.get(key(project, id));
  }

  bucketsOf(project: Project): Bucket[] {
    return [...this.#buckets.values()].filter((bucket) => bucket.project === project);
  }

  removeBucket({ project, id }: Bucket): void {
    this.#buckets.delete(key(project, id));
  }

  table(project: OfProject, id: string): Table | undefined {
    const { bucketId, name } = splitTableId(id);
    return this.bucket(project, bucketId)?.tables.get(name);
  }
}

/** A bucket without tables; `name` is the one that people use, `main` for `c-main`. */
export function emptyBucket(project: Project, stage: string, name: string, createdAtMs: number): Bucket {
  return {
    id: `${stage}.c-${name}`,
    name: `c-${name}`,
    displayName: name,
    stage,
    project,
    createdAtMs,
    description: '',
    backend: 'snowflake',
    lastChangeAtMs: null,
    tables: new Map(),
  };
}

/** A table without rows; `addTable` puts it into its bucket. */
export function emptyTable(
  { bucket, name, primaryKey, columns }: Pick<Table, 'bucket' | 'name' | 'primaryKey' | 'columns'>,
  createdAtMs: number,
): Table {
  return {
    id: `${bucket.id}.${name}`,
    name,
    bucket,
    primaryKey,
    columns,
    createdAtMs,
    rows: [],
    dataBytes: 0,
    heldBytes: 0,
    exports: new Map(),
    lastImportAtMs: createdAtMs,
    lastChangeAtMs: createdAtMs,
  };
}

/** @throws StorageFailure when the name is taken or there are too many. */
export function addTable(table: Table): void {
  const { bucket, name } = table;
  requireFreeName(bucket, name);
  if (bucket.tables.size >= TABLES_PER_BUCKET_MAX) throw full(`${TABLES_PER_BUCKET_MAX} tables in a bucket`);
  bucket.tables.set(name, table);
}

/** @throws StorageFailure when there is such a table. */
export function requireFreeName({ tables }: Bucket, name: string): void {
  if (!tables.has(name)) return;
  const message = `The table "${name}" in the bucket already has the same display name "${name}".`;
  throw new StorageFailure('storage.buckets.tableAlreadyExists', message);
}

/** `in.c-main.orders` is `orders` in `in.c-main`; table names have no dots. */
export function splitTableId(id: string): { bucketId: string; name: string } {
  const dot = id.lastIndexOf('.');
  return { bucketId: id.slice(0, Math.max(dot, 0)), name: id.slice(dot + 1) };
}

function full(what: string): StorageFailure {
  return new StorageFailure('sandbox.full', `The sandbox holds ${what} at most`);
}

function key({ id }: OfProject, bucketId: string): string {
  return `${id} ${bucketId}`;
}
