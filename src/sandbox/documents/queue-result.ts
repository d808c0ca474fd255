import type { JsonObject } from '../json.js';
import type { JobFacts } from '../world/job-record.js';

/** The world writes what the results of Syrup and Queue v2 share; here it gets the layout of Queue v2. */
export function queueResult({ result, error, status }: JobFacts): JsonObject {
  const { message, images, configVersion, exceptionId, context: _syrupOnly, ...more } = result;
  if (message === undefined) return more;
  const shared = { message, configVersion: configVersion ?? '1', images: images ?? [[]], input: { tables: [] } };
  if (status === 'terminated') return { message, ...more };
  // A failed job reports what it read, but no output.
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
