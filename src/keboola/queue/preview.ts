import { previewFence, previewHeaders, type CreatePreview, type PreviewRequest } from '../jobs/create-preview.js';
import { queueFences } from './queue-fences.js';
import { runBody } from './run-body.js';
import { queueRunProblems } from './run-problems.js';

/** The creation request as it would be sent to Queue v2; nothing is sent. */
export function previewQueueRun(request: PreviewRequest): CreatePreview {
  const fence = previewFence(request, { dialect: 'queue', possible: queueFences(request) });
  return {
    method: 'POST',
    path: '/jobs',
    headers: previewHeaders(request, fence),
    body: runBody(fence.way === 'variable' ? { ...request, fencedByVariable: true } : request),
    fence,
    problems: queueRunProblems(request),
  };
}
