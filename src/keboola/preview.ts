import type { CreatePreview, PreviewRequest } from './jobs/create-preview.js';
import type { Dialect } from './connection/dialect.js';
import { previewQueueRun } from './queue/preview.js';
import { previewRun } from './syrup/preview.js';

type Preview = (request: PreviewRequest) => CreatePreview;

const PREVIEWS: Record<Dialect, Preview> = { syrup: previewRun, queue: previewQueueRun };

/** The creation request as it would be sent to a project of that dialect; nothing is sent. */
export function previewCreate(request: PreviewRequest, dialect: Dialect): CreatePreview {
  return PREVIEWS[dialect](request);
}
