import type { RunRequest } from '../job/create/creation.js';
import type { CreatePreview } from './jobs/create-preview.js';
import type { Dialect } from './connection/dialect.js';
import { previewQueueRun } from './queue/preview.js';
import { previewRun } from './syrup/preview.js';

const PREVIEWS: Record<Dialect, (request: RunRequest) => CreatePreview> = { syrup: previewRun, queue: previewQueueRun };

/**
 * A creation as it would be sent, without asking anybody.
 *
 * @param dialect of the project: only its token tells, so whoever shows a preview has to choose.
 */
export function previewCreate(request: RunRequest, dialect: Dialect = 'syrup'): CreatePreview {
  return PREVIEWS[dialect](request);
}
