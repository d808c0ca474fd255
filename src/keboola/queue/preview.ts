import type { RunRequest } from '../../job/create/creation.js';
import type { CreatePreview } from '../jobs/create-preview.js';
import { runBody } from './run-body.js';
import { queueRunProblems } from './run-problems.js';

/** A creation as Queue v2 would be sent it, without asking anybody. */
export function previewQueueRun(request: RunRequest): CreatePreview {
  return {
    method: 'POST',
    path: '/jobs',
    headers: { 'X-StorageApi-Token': '(of the worker)', 'X-KBC-RunId': request.runId },
    body: runBody(request),
    problems: queueRunProblems(request),
  };
}
