import type { Component } from '../../fixture/schema.js';
import { scalarText } from '../../json.js';
import type { JsonObject } from '../../json.js';

interface Locked {
  projectId: number;
  tokenId: string;
  params: JsonObject;
  /** The job's id, for jobs that exclude no other job. */
  unique: string;
}

/**
 * Jobs of the same lock name run one after another. The docker app locks a stored configuration as a whole, rows, tags
 * and branches included, and an inline one never (keboola/docker-bundle Controller/ApiController.php); a native app
 * without a rule of its own locks all its jobs in the project (keboola/syrup Job/Metadata/Job.php).
 */
export function lockNameOf(component: Component, { projectId, tokenId, params, unique }: Locked): string {
  // GoodData Writer calls its configurations writers, and runs one job at a time on each of them.
  const config = scalarText(params['config']) ?? scalarText(params['writerId']);
  if (component.kind === 'docker') return `docker-${projectId}-${component.id}-${config ?? hex(unique)}`;
  const whole = `${component.id}-${projectId}`;
  if (component.lock === 'app' || config === undefined) return whole;
  return component.lock === 'configuration' ? `${whole}-${config}` : `${whole}-${config}-${tokenId}`;
}

/** Looks like PHP's uniqid(), which docker-bundle puts here. */
function hex(id: string): string {
  return BigInt(id).toString(16).padStart(13, '0');
}
