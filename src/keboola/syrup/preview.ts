import { previewFence, previewHeaders, type CreatePreview, type PreviewRequest } from '../jobs/create-preview.js';
import { runProblems } from './run-problems.js';
import { runRoute } from './run-route.js';
import { SYRUP_FENCES } from './syrup-fences.js';

/** The creation request as it would be sent to Syrup; nothing is sent. */
export function previewRun(request: PreviewRequest): CreatePreview {
  const uri = guessedUri(request.component);
  const fence = previewFence(request, { dialect: 'syrup', possible: SYRUP_FENCES });
  return {
    method: 'POST',
    headers: previewHeaders(request, fence),
    ...runRoute(request, uri),
    fence,
    problems: runProblems(request, uri),
    guessed: "The worker takes the path from the component list; this one is guessed from the component's name.",
  };
}

/** The ids of docker components begin with a vendor's name and a dot; those of native applications do not. */
function guessedUri(component: string): string {
  return `https://syrup/${component.includes('.') ? 'docker/' : ''}${encodeURIComponent(component)}`;
}
