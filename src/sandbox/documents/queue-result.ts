import type { JsonObject } from '../json.js';
import type { JobFacts } from '../world/job-record.js';

/** The part of a result that Syrup and Queue v2 share is written by the world; this is how Queue v2 lays it out. */
export function queueResult({ result, error, status }: JobFacts): JsonObject {
  const { message, images, configVersion, exceptionId, context: _syrupOnly, ...more } = result;
  if (message === undefined) return more;
  const shared = { message, configVersion: configVersion ?? '1', images: images ?? [[]], input: { tables: [] } };
  if (status === 'terminated') return { message, ...more };
  // Errors carry what they have read, but not what they would have written.
  if (status === 'error')
    return { ...shared, error: { type: error ?? 'application', exceptionId }, variables: [], ...more };
  return {
    ...shared,
    output: { tables: [] },
    artifacts: { uploaded: [], downloaded: [] },
    variables: [],
    ...more,
  };
}
