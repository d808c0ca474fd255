import { asTypedHere } from '../command-name.js';
import type { Output } from '../text/output.js';

/** What was started, or is running already. */
interface Begun {
  handle: { workflowId: string; runId?: string | undefined };
  attached: boolean;
  /** ISO 8601. */
  startTime: string;
}

/** For `--detach`: the ids, and how to come back. */
export function tellDetached({ handle, attached, startTime }: Begun, output: Output): void {
  const { workflowId, runId } = handle;
  const text = [
    `workflow id  ${workflowId}`,
    `run id       ${runId ?? '-'}`,
    `watch it     keboola-temporal follow '${workflowId}'`,
  ];
  output.result({ workflowId, runId, attached, startTime }, asTypedHere(text.join('\n')));
}
