import { quoted } from '../temporal/quoted.js';
import { NoSuchJobError } from './errors.js';
import { idPrefixesOf, OWN_PREFIXES } from './workflow-id.js';

/** What tells the workflows of a connection from others. */
export interface OfConnection {
  name: string;
  /** Keboola's id of its project; undefined if no worker could tell it. */
  projectId: string | undefined;
  /** Why no worker could tell it. */
  problem?: string;
}

/** The connection as a Temporal list filter. */
export function filterOf({ name, projectId }: OfConnection): string {
  const byId = idPrefixesOf(name).map((prefix) => `WorkflowId STARTS_WITH ${quoted(prefix)}`);
  return [...byId, ...(projectId === undefined ? [] : [`KeboolaProject = ${quoted(projectId)}`])].join(' OR ');
}

/** @throws NoSuchJobError where the workflow belongs to another connection, or nothing tells to which. */
export function requireOf(
  { name, projectId }: OfConnection,
  { workflowId, project }: { workflowId: string; project?: string },
): void {
  const isNamed = idPrefixesOf(name).some((prefix) => workflowId.startsWith(prefix));
  if (isNamed || (project !== undefined && project === projectId)) return;
  const isOther = project !== undefined || OWN_PREFIXES.some((prefix) => workflowId.startsWith(prefix));
  throw new NoSuchJobError(
    isOther
      ? `Workflow "${workflowId}" does not belong to connection "${name}".`
      : `Cannot tell whether workflow "${workflowId}" belongs to connection "${name}"; name it without a connection.`,
  );
}
