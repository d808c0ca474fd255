import type { RunRequest } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';
import type { CreateFence, RunJobInput } from '../../job/input.js';
import { fenceProblem } from './fence-problem.js';

/** A creation, and by what it is to be told from others where its input or its connection says so. */
export type PreviewRequest = RunRequest & Pick<RunJobInput, 'createFence'>;

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
  /** Why a worker would refuse it. */
  problem?: InputProblem;
}

/** @param possible the ways that a project of the dialect has; the first is the default. */
export function previewFence({ createFence }: PreviewRequest, possible: readonly CreateFence[]): FencePreview {
  const way = createFence ?? possible[0] ?? 'run-id';
  return {
    way,
    ...(createFence === undefined && possible.length > 1 && { isDefault: true }),
    ...(!possible.includes(way) && { problem: fenceProblem(way, possible) }),
  };
}

/** What every creation carries, in whatever dialect: one that is not fenced by a run id has none but that of its parent. */
export function previewHeaders({ runId, parentRunId }: RunRequest, { way }: FencePreview): Record<string, string> {
  const sent = way === 'run-id' ? runId : parentRunId;
  return { 'X-StorageApi-Token': '(of the worker)', ...(sent !== undefined && { 'X-KBC-RunId': sent }) };
}
