import type { Client } from '@temporalio/client';

/** The whole history of a workflow as text, payloads decoded: what anybody can read who may look at the namespace. */
export async function historyText(client: Client, workflowId: string, runId?: string): Promise<string> {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  return wordsOf(events);
}

/** All names and values of a message of Temporal. Its own toJSON would hide payloads in base64. */
export function wordsOf(value: unknown): string {
  return words(value).join('\n');
}

function words(value: unknown): string[] {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString()];
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, field]) => [name, ...words(field)]);
}
