/** A job's page in Keboola's interface, which names the project, and a job's address in either API. */
const PAGE = /\/admin\/projects\/(\d+)\/(?:queue|jobs)\/(\d+)\/?$/;
const ADDRESS = /\/(?:queue\/job|queue\/jobs|jobs|job)\/(\d+)\/?$/;
/** A page of Temporal's Web UI. */
const WORKFLOW = /\/namespaces\/([^/]+)\/workflows\/([^/]+)(?:\/([0-9a-f-]{36}))?(?:\/|$)/;

/** What a text names: a Keboola job or a Temporal workflow. */
export interface Named {
  id: string;
  /** Keboola's id of the project, if a link says it. */
  project?: string;
  /** Temporal's namespace, if a link says it. */
  namespace?: string;
  /** Temporal's RunId of the workflow, if a link says it. */
  runId?: string;
}

/** Reads an id, or a link that contains one. @returns undefined for a link to neither a job nor a workflow. */
export function idInLink(text: string): Named | undefined {
  if (!/^https?:\/\//.test(text)) return { id: text };
  const path = URL.canParse(text) ? new URL(text).pathname : '';
  const [, namespace, workflowId, runId] = WORKFLOW.exec(path) ?? [];
  if (namespace !== undefined && workflowId !== undefined) return ofWorkflow(namespace, workflowId, runId);
  const [, project, onPage] = PAGE.exec(path) ?? [];
  if (project !== undefined && onPage !== undefined) return { id: onPage, project };
  const [, jobId] = ADDRESS.exec(path) ?? [];
  return jobId === undefined ? undefined : { id: jobId };
}

function ofWorkflow(namespace: string, workflowId: string, runId: string | undefined): Named | undefined {
  try {
    const named = { id: decodeURIComponent(workflowId), namespace: decodeURIComponent(namespace) };
    return { ...named, ...(runId !== undefined && { runId }) };
  } catch {
    return undefined;
  }
}
