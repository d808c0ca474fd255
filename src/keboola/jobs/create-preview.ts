import type { RunRequest } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';

/** A creating request as it would be sent. */
export interface CreatePreview {
  method: 'POST';
  path: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
  /** Why a worker would refuse to send it, if what is guessed is right. */
  problems: InputProblem[];
  /** What of it is guessed, where something is. */
  guessed?: string;
}

/** What every creation carries, in whatever dialect. */
export function previewHeaders({ runId }: RunRequest): Record<string, string> {
  return { 'X-StorageApi-Token': '(of the worker)', 'X-KBC-RunId': runId };
}
