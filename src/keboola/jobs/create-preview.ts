import type { RunRequest } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';
import type { CreateFence, RunJobInput } from '../../job/input.js';
import { fenceProblem, type PossibleFences } from './fence-problem.js';
import { HAS_VARIABLES, hasRoomForVariable } from './variable-fence.js';

const IF_VARIABLES =
  'Where the configuration has variables, or the worker cannot look whether it has, "run-id" is used instead.';

/** A creation in whatever project, and by what it is to be told from others where its input or its connection says so. */
export type PreviewRequest = Omit<RunRequest, 'project'> & Pick<RunJobInput, 'createFence'>;

/** A creating request as it would be sent. */
export interface CreatePreview {
  method: 'POST';
  path: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
  fence: FencePreview;
  /** Why a worker would refuse to send it, if what is guessed is right. */
  problems: InputProblem[];
  /** What of it is guessed, where something is. */
  guessed?: string;
}

/** By what a creation would be told from others. */
export interface FencePreview {
  way: CreateFence;
  /** Nobody has asked for it, and there are others. */
  isDefault?: true;
  /** What was asked for and cannot be. */
  insteadOf?: CreateFence;
  /** What the worker says of that, or will find out first. */
  note?: string;
  /** Why a worker would refuse it. */
  problem?: InputProblem;
}

/** As the worker decides it (`src/activities/prepare/create-fence.ts`), but for what only the project knows. */
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

/** What every creation carries, in whatever dialect: one that is not fenced by a run id has none but that of its parent. */
export function previewHeaders({ runId, parentRunId }: PreviewRequest, { way }: FencePreview): Record<string, string> {
  const sent = way === 'run-id' ? runId : parentRunId;
  return { 'X-StorageApi-Token': '(of the worker)', ...(sent !== undefined && { 'X-KBC-RunId': sent }) };
}
