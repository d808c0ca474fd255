import { activityInfo, cancellationSignal } from '@temporalio/activity';
import type { NoAnswer } from '../../job/failure/no-answer.js';
import type { FileUploadRequest, UploadedFile } from '../../job/storage/remote-steps.js';
import { BrokenCsv, DEFAULT_FORMAT, type CsvFacts } from '../../input/storage/csv.js';
import { RowCounter } from '../../input/storage/row-counter.js';
import { missingKeys } from '../../input/storage/rules.js';
import { BrokenGzip, unzipped } from '../../keboola/storage/unzipped.js';
import { TooManyParts } from '../../keboola/storage/providers/upload-stream.js';
import type { ActivityDeps } from '../deps.js';
import { failure } from '../failures.js';
import { notYet } from '../not-yet.js';
import { withHeartbeat } from '../with-heartbeat.js';
import { toStorageFailure } from './failures.js';
import { gzipped, withoutMark } from './files/csv-content.js';
import { FileProblem } from './files/file-problem.js';
import { readAddress } from './files/read-address.js';
import { readWorkerFile } from './files/read-worker-file.js';

/**
 * Uploads a file of the worker's side into Storage while it is read, and counts its rows. Heartbeats tell how many bytes have
 * arrived. What an attempt before has left behind is deleted first, and what is cancelled deletes its own.
 *
 * @throws ApplicationFailure `InvalidInput` for a file that is not there, not allowed or no CSV; as `uploadCsv`.
 */
export async function uploadFile(deps: ActivityDeps, request: FileUploadRequest): Promise<UploadedFile | NoAnswer> {
  let sent = 0;
  const work = (): Promise<UploadedFile> => upload(deps, request, (bytes) => (sent += bytes));
  try {
    return await withHeartbeat(work, () => ({ bytes: sent }));
  } catch (error) {
    // Whatever a cancel has broken, it is the cancel that is told.
    cancellationSignal().throwIfAborted();
    if (isAuthors(error)) throw failure('InvalidInput', `source: ${error.message}`);
    return notYet(error, toStorageFailure);
  }
}

async function upload(
  deps: ActivityDeps,
  request: FileUploadRequest,
  onBytes: (bytes: number) => void,
): Promise<UploadedFile> {
  const { connection, runId, name } = request;
  const { files } = deps.connections.get(connection);
  if (activityInfo().attempt > 1) await files.removeOfRun(runId);
  const source = sourceOf(deps, request);
  const start = await source.next();
  const first = start.done === true ? undefined : start.value;
  const csv = new CountedCsv(request);
  const content = csv.counted(withoutMark(unzipped(prepended(first, source), 'the file')));
  const isZipped = isGzip(first);
  const { id: fileId } = await files.uploadStream({
    ...{ name: isZipped ? `${name}.gz` : name, content: isZipped ? gzipped(content) : content, runId },
    ...{ signal: cancellationSignal(), onBytes },
  });
  return { fileId, bytes: csv.bytes, ...csv.facts };
}

function sourceOf({ connections, files }: ActivityDeps, { source }: FileUploadRequest): AsyncGenerator<Buffer, void> {
  if (source.file !== undefined) return readWorkerFile(files, source.file);
  return readAddress(connections.transporter, files, source.url ?? '', cancellationSignal());
}

/** The rows of a CSV, counted while they go by. */
class CountedCsv {
  readonly #counter: RowCounter;
  #facts: CsvFacts = { columns: [], rows: 0 };
  #bytes = 0;

  constructor({ primaryKey, delimiter, enclosure }: FileUploadRequest) {
    const format = { ...DEFAULT_FORMAT, ...(delimiter !== undefined && { delimiter }) };
    this.#counter = new RowCounter({ ...format, ...(enclosure !== undefined && { enclosure }) }, (columns) => {
      const [missing] = missingKeys(primaryKey, columns);
      if (missing) throw new FileProblem(`${missing.path}: ${missing.message}`);
    });
  }

  get facts(): CsvFacts {
    return this.#facts;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** It ends well only where the CSV does, so that nothing else is ever whole in Storage. */
  async *counted(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
    for await (const piece of content) {
      this.#counter.push(piece);
      this.#bytes += piece.byteLength;
      yield piece;
    }
    this.#facts = this.#counter.end();
  }
}

async function* prepended(first: Buffer | undefined, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  if (first) yield first;
  yield* rest;
}

function isGzip(first: Buffer | undefined): boolean {
  return first?.[0] === 0x1f && first[1] === 0x8b;
}

/** What the author of the input has to mend. */
function isAuthors(error: unknown): error is Error {
  return (
    error instanceof FileProblem ||
    error instanceof BrokenCsv ||
    error instanceof BrokenGzip ||
    error instanceof TooManyParts
  );
}
