import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { sharedLocks, type SharedLock } from '../../job/pipeline/shared-locks.js';
import type { PipelineInput } from '../../job/pipeline/input.js';
import { checkPipelineInput } from '../../keboola/pipeline-input.js';
import { UsageError } from '../usage-error.js';
import { parsePipeline, type ParsedText, type Place } from './parse-pipeline.js';

/** One thing about a pipeline file, and where. */
export interface FileRemark {
  /** Dotted path in the pipeline; empty for the whole of it. */
  path: string;
  message: string;
  line?: number;
  column?: number;
}

export type PipelineFile =
  { ok: true; pipeline: PipelineInput; warnings: FileRemark[] } | { ok: false; problems: FileRemark[] };

/** More than a pipeline may be, with room for comments. */
const FILE_BYTES_MAX = 1024 * 1024;

/** Opening a pipe waits for a writer, unless it is opened so. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Reads and checks a pipeline file.
 *
 * @param adapt what the command line adds to the pipeline before it is checked.
 * @throws UsageError when there is no such file.
 */
export async function readPipeline(file: string, adapt: (value: unknown) => unknown): Promise<PipelineFile> {
  const parsed = parsePipeline(await textOf(file));
  if (!parsed.ok) {
    return { ok: false, problems: parsed.problems.map(({ message, place }) => ({ path: '', message, ...place })) };
  }
  const check = checkPipelineInput(adapt(parsed.value));
  if (!check.ok) {
    return { ok: false, problems: check.problems.map(({ path, message }) => remark(parsed, path, message)) };
  }
  const warnings = sharedLocks(check.value).map((lock) => remark(parsed, lock.path, lockText(lock)));
  return { ok: true, pipeline: check.value, warnings };
}

function remark({ placeOf }: Extract<ParsedText, { ok: true }>, path: string, message: string): FileRemark {
  const place: Place | undefined = placeOf(path);
  return { path, message, ...place };
}

function lockText({ phase, component, config, tasks }: SharedLock): string {
  return `${tasks} parallel tasks of phase "${phase}" run ${component} / ${config}; Keboola runs them one after another`;
}

/** A pipe or a device may never end, and a file may be as large as a disk: at most one byte too many is read. */
async function textOf(file: string): Promise<string> {
  const handle = await opened(file);
  try {
    if (!(await handle.stat()).isFile()) throw new UsageError(`${file} is no file.`);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(FILE_BYTES_MAX + 1), 0, FILE_BYTES_MAX + 1, 0);
    if (bytesRead > FILE_BYTES_MAX) throw new UsageError(`${file} is larger than ${FILE_BYTES_MAX} bytes.`);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function opened(file: string): Promise<Awaited<ReturnType<typeof open>>> {
  try {
    return await open(file, READ_WITHOUT_WAITING);
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${(error as Error).message}`);
  }
}
