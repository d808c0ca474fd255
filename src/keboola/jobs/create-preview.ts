import type { RunRequest } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';
import type { CreateFence, RunJobInput } from '../../job/input.js';
import { fenceProblem, type PossibleFences } from './fence-problem.js';
import { HAS_VARIABLES, hasRoomForVariable } from './variable-fence.js';

const IF_VARIABLES =
  'Where the configuration has variables, or the worker cannot look whether it has, "run-id" is used instead.';

/** A creation in any project, and the fence that its input or its connection chooses, if any. */
export type PreviewRequest = Omit<RunRequest, 'project'> & Pick<RunJobInput, 'createFence'>;

/** The creating request as it would be sent. */
export interface CreatePreview {
  method: 'POST';
  path: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
  fence: FencePreview;
  /** Why a worker would refuse to send it, if the guesses are right. */
  problems: InputProblem[];
  /** Which parts of it are guessed, if any. */
  guessed?: string;
}

/** The fence by which the created job would be recognised as ours. */
export interface FencePreview {
  way: CreateFence;
  /** Nobody chose it, and there are alternatives. */
  isDefault?: true;
  /** The fence that was asked for and is not possible. */
  insteadOf?: CreateFence;
  /** What the worker says about that, or has to find out first. */
  note?: string;
  /** Why a worker would refuse it. */
  problem?: InputProblem;
}

/** Decides as the worker does (`src/activities/prepare/create-fence.ts`), without what only the project knows. */
export function previewFence(request: PreviewRequest, fences: PossibleFences): FencePreview {
  const { createFence } = request;
  const { possible } = fences;
  const way = createFence ?? possible[0] ?? 'run-id';
  if (!possible.includes(way)) return { way, problem: fenceProblem(way, fences) };
  if (way === 'variable') return previewVariable(request);
  return { way, ...(createFence === undefined && possible.length > 1 && { isDefault: true }) };
}

function previewVariable(request: PreviewRequest): FencePreview {
  const hasRoom = hasRoomForVariable(request);
  if (hasRoom === false) return { way: 'run-id', insteadOf: 'variable', note: HAS_VARIABLES };
  return { way: 'variable', ...(hasRoom === undefined && { note: IF_VARIABLES }) };
}

/** The headers of a creation in any dialect. Without a RunId as its fence, it only carries its parent's. */
export function previewHeaders({ runId, parentRunId }: PreviewRequest, { way }: FencePreview): Record<string, string> {
  const sent = way === 'run-id' ? runId : parentRunId;
  return { 'X-StorageApi-Token': '(of the worker)', ...(sent !== undefined && { 'X-KBC-RunId': sent }) };
}
