import type { CreatePreview, PreviewRequest } from './jobs/create-preview.js';
import type { Dialect } from './connection/dialect.js';
import { previewQueueRun } from './queue/preview.js';
import { previewRun } from './syrup/preview.js';

type Preview = (request: PreviewRequest) => CreatePreview;

const PREVIEWS: Record<Dialect, Preview> = { syrup: previewRun, queue: previewQueueRun };

/** A creation as it would be sent to a project that speaks the dialect, without asking anybody. */
export function previewCreate(request: PreviewRequest, dialect: Dialect): CreatePreview {
  return PREVIEWS[dialect](request);
}
