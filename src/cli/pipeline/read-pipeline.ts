import { DEPTH_MAX, type PipelineInput } from '../../job/pipeline/input.js';
import { sharedLocks, type SharedLock } from '../../job/pipeline/shared-locks.js';
import { PROBLEMS_MAX } from '../../input/find-problems.js';
import type { InputProblem } from '../../input/input-problem.js';
import { checkPipelineInput } from '../../input/pipeline/check-pipeline.js';
import { TEXT_BYTES_MAX } from '../../input/text/bounds.js';
import { Unreadable } from '../../input/text/decode-text.js';
import { readTextFile } from '../../input/text/text-file.js';
import { UsageError } from '../exit/usage-error.js';
import { withoutExtensions } from './extensions.js';
import { fileProblems } from './file-rules.js';
import { parsePipeline, type ParsedText, type Place } from './parse-pipeline.js';

/** A remark about a pipeline file, and its place. */
export interface FileRemark {
  /** Dotted path in the pipeline; empty for the whole pipeline. */
  path: string;
  message: string;
  line?: number;
  column?: number;
}

export type PipelineFile = SoundPipeline | { ok: false; problems: FileRemark[] };

interface SoundPipeline {
  ok: true;
  pipeline: PipelineInput;
  warnings: FileRemark[];
  /** Finds the places of problems that a worker reports. */
  placed: (problems: readonly InputProblem[]) => FileRemark[];
}

const EMPTY = 'is empty; a pipeline has at least a name and phases';

/**
 * Reads and checks a pipeline file.
 *
 * @param adapt what the command line adds to the pipeline before it is checked.
 * @throws UsageError when there is no such file.
 */
export function readPipeline(file: string, adapt: (value: unknown) => unknown): PipelineFile {
  const parsed = parsePipeline(textOf(file));
  if (!parsed.ok) {
    return { ok: false, problems: parsed.problems.map(({ message, place }) => ({ path: '', message, ...place })) };
  }
  if (parsed.value === null) return { ok: false, problems: [{ path: '', message: EMPTY }] };
  const value = withoutExtensions(parsed.value);
  const check = checkPipelineInput(adapt(value));
  const ofFile = fileProblems(value, DEPTH_MAX);
  if (!check.ok || ofFile.length > 0) {
    const ofInput = check.ok ? [] : check.problems.filter(({ path }) => !ofFile.some((one) => one.path === path));
    // Those of the input end with how many more there are.
    const problems = [...ofInput, ...ofFile].slice(0, PROBLEMS_MAX + 1);
    const remarks = problems.map(({ path, message }) => remark(parsed, path, message));
    return { ok: false, problems: remarks.sort(byPlace) };
  }
  const warnings = sharedLocks(check.value).map((lock) => remark(parsed, lock.path, lockText(lock)));
  const placed = (problems: readonly InputProblem[]): FileRemark[] =>
    problems.map(({ path, message }) => remark(parsed, path, message)).sort(byPlace);
  return { ok: true, pipeline: check.value, warnings, placed };
}

function remark({ placeOf }: Extract<ParsedText, { ok: true }>, path: string, message: string): FileRemark {
  const place: Place | undefined = placeOf(path);
  return { path, message, ...place };
}

/** In the order of the file; remarks without a place come last. */
function byPlace(a: FileRemark, b: FileRemark): number {
  return (a.line ?? Infinity) - (b.line ?? Infinity) || (a.column ?? 0) - (b.column ?? 0) || 0;
}

function lockText({ phase, component, config, tasks }: SharedLock): string {
  return `${tasks} parallel tasks of phase "${phase}" run ${component} / ${config}; Keboola runs them one after another`;
}

function textOf(file: string): string {
  try {
    return readTextFile(file, TEXT_BYTES_MAX.pipeline);
  } catch (error) {
    if (error instanceof Unreadable) throw new UsageError(`${file} ${error.message}.`);
    throw error;
  }
}
