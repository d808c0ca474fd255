import type { RunRequest } from '../job/create/creation.js';
import type { CreatePreview } from './jobs/create-preview.js';
import type { Dialect } from './connection/dialect.js';
import { previewQueueRun } from './queue/preview.js';
import { previewRun } from './syrup/preview.js';

const PREVIEWS: Record<Dialect, (request: RunRequest) => CreatePreview> = { syrup: previewRun, queue: previewQueueRun };

/** A creation as it would be sent to a project that speaks the dialect, without asking anybody. */
export function previewCreate(request: RunRequest, dialect: Dialect): CreatePreview {
  return PREVIEWS[dialect](request);
}
