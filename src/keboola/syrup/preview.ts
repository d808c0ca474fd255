import type { RunRequest } from '../../job/create/creation.js';
import type { InputProblem } from '../../input/input-problem.js';
import { runProblems } from './run-problems.js';
import { runRoute } from './run-route.js';

/** The creating request as it would be sent, without asking anybody. */
export interface CreatePreview {
  method: 'POST';
  /** Guessed: only the project's component list knows it for certain. */
  path: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
  /** Why a worker would refuse to send it, if the guess is right. */
  problems: InputProblem[];
}

export function previewCreate(request: RunRequest): CreatePreview {
  const uri = guessedUri(request.component);
  return {
    method: 'POST',
    headers: { 'X-StorageApi-Token': '(of the worker)', 'X-KBC-RunId': request.runId },
    ...runRoute(request, uri),
    problems: runProblems(request, uri),
  };
}

/** Docker components carry a vendor's name before a dot; native applications do not. */
function guessedUri(component: string): string {
  return `https://syrup/${component.includes('.') ? 'docker/' : ''}${encodeURIComponent(component)}`;
}
