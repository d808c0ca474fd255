/** Pages of a job in Keboola's interface, and its address in either API. */
const OF_JOB = /\/(?:queue|jobs?)\/(?:job\/|jobs\/)?(\d+)\/?$/;
/** A page of Temporal's Web UI. */
const OF_WORKFLOW = /\/workflows\/([^/]+)(?:\/|$)/;

/**
 * The id that a link names: Keboola's of a job, or Temporal's of a workflow. A text that is no link is an id already.
 *
 * @returns undefined for a link that names neither.
 */
export function idInLink(text: string): string | undefined {
  if (!/^https?:\/\//.test(text)) return text;
  const path = URL.canParse(text) ? new URL(text).pathname : '';
  const [, workflowId] = OF_WORKFLOW.exec(path) ?? [];
  if (workflowId !== undefined) return decoded(workflowId);
  return OF_JOB.exec(path)?.[1];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
