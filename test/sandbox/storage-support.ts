import { request } from 'undici';
import type { ControlledClock, Sandbox } from '../../src/sandbox/index.js';
import { ask } from './support.js';

/** A job of Storage as it is on the wire. */
export interface StorageJobDocument {
  id: number;
  status: string;
  url: string;
  tableId: string | null;
  operationName: string;
  operationParams: Record<string, unknown>;
  createdTime: string;
  startTime: string | null;
  endTime: string | null;
  runId: string | null;
  results: unknown;
  metrics: Record<string, unknown>;
  error?: { code: string; message: string; exceptionId: string };
}

interface Storage {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  token?: string;
}

interface StorageReply<T> {
  status: number;
  text: string;
  json: T;
}

/** One call of Storage; paths are below `/v2/storage`. */
export async function storage<T = Record<string, unknown>>(
  sandbox: Sandbox,
  path: string,
  options: Storage = {},
): Promise<StorageReply<T>> {
  const { status, text, json } = await ask(sandbox, `/v2/storage${path}`, options);
  return { status, text, json: json as unknown as T };
}

/** Asks for an operation and answers the job that accepts it. */
export async function accepted(sandbox: Sandbox, path: string, options: Storage = {}): Promise<StorageJobDocument> {
  const { status, text, json } = await storage<StorageJobDocument>(sandbox, path, { method: 'POST', ...options });
  if (status !== 202) throw new Error(`${path} answered ${status} ${text}`);
  return json;
}

export async function readStorageJob(sandbox: Sandbox, id: number | string): Promise<StorageJobDocument> {
  const { status, text, json } = await storage<StorageJobDocument>(sandbox, `/jobs/${id}`);
  if (status !== 200) throw new Error(`the job answered ${status} ${text}`);
  return json;
}

/** Asks for an operation, lets its time pass and answers the job that is over. */
export async function finished(
  sandbox: Sandbox<ControlledClock>,
  path: string,
  options: Storage = {},
): Promise<StorageJobDocument> {
  const { id } = await accepted(sandbox, path, options);
  sandbox.clock.advance(60_000);
  return readStorageJob(sandbox, id);
}

/** A file as `files/prepare` and the file's detail show it. */
export interface FileDocument {
  id: number;
  name: string;
  url: string;
  sizeBytes: number | null;
  tags: string[];
  absUploadParams: {
    blobName: string;
    container: string;
    accountName: string;
    absCredentials: { SASConnectionString: string; expiration: string };
  };
}

/** The address and the signature of a connection string, as Azure's libraries read it. */
export function entrance(connectionString: string): { endpoint: string; signature: string } {
  const [, endpoint = '', signature = ''] =
    /^BlobEndpoint=([^;]+);SharedAccessSignature=(.+)$/.exec(connectionString) ?? [];
  return { endpoint, signature };
}

/** Uploads one blob with the credentials of a prepared file. */
export async function putBlob(file: FileDocument, blobName: string, content: string | Buffer): Promise<number> {
  const { container, absCredentials } = file.absUploadParams;
  const { endpoint, signature } = entrance(absCredentials.SASConnectionString);
  const { statusCode, body } = await request(`${endpoint}/${container}/${encodeURIComponent(blobName)}?${signature}`, {
    method: 'PUT',
    headers: { 'x-ms-blob-type': 'BlockBlob', 'content-type': 'text/csv' },
    body: content,
  });
  await body.dump();
  return statusCode;
}

export async function prepare(sandbox: Sandbox, fields: object = {}): Promise<FileDocument> {
  const body = { name: 'rows.csv', federationToken: true, ...fields };
  return (await storage<FileDocument>(sandbox, '/files/prepare', { method: 'POST', body })).json;
}

/** Prepares and uploads a file and answers its id. */
export async function upload(sandbox: Sandbox, content: string | Buffer, name = 'rows.csv'): Promise<number> {
  // A server that leaps over time may leap over the fifteen days that other files are kept.
  const file = await prepare(sandbox, { name, isPermanent: true });
  const status = await putBlob(file, name, content);
  if (status !== 201) throw new Error(`the upload answered ${status}`);
  return file.id;
}

/** A bucket `in.c-main`, and in it the table that a file makes. */
export async function tableOf(sandbox: Sandbox<ControlledClock>, csv: string, options: object = {}): Promise<string> {
  await storage(sandbox, '/buckets', { method: 'POST', body: { name: 'main', stage: 'in' } });
  const body = { name: 'orders', dataFileId: await upload(sandbox, csv), ...options };
  const job = await finished(sandbox, '/buckets/in.c-main/tables-async', { body });
  if (job.status !== 'success') throw new Error(JSON.stringify(job.error));
  return 'in.c-main.orders';
}

/** Loads a file into a table and answers the job that is over. */
export async function load(
  sandbox: Sandbox<ControlledClock>,
  table: string,
  csv: string | Buffer,
  options: object = {},
): Promise<StorageJobDocument> {
  const body = { dataFileId: await upload(sandbox, csv), ...options };
  return finished(sandbox, `/tables/${table}/import-async`, { body });
}

/** The rows of a table as lines of CSV, without the header. */
export async function rowsOf(sandbox: Sandbox, table: string): Promise<string[]> {
  const { text } = await ask(sandbox, `/v2/storage/tables/${table}/data-preview`);
  return text.trimEnd().split('\n').slice(1);
}
