import type { RunRequest } from '../../job/create/creation.js';
import { previewHeaders, type CreatePreview } from '../jobs/create-preview.js';
import { runBody } from './run-body.js';
import { queueRunProblems } from './run-problems.js';

/** A creation as Queue v2 would be sent it, without asking anybody. */
export function previewQueueRun(request: RunRequest): CreatePreview {
  return {
    method: 'POST',
    path: '/jobs',
    headers: previewHeaders(request),
    body: runBody(request),
    problems: queueRunProblems(request),
  };
}
