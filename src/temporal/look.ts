import {
  WorkflowClient,
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import type { Payload, PayloadCodec, PayloadConverter } from '@temporalio/common';
import { quoted } from './quoted.js';

/**
 * What Temporal knows of a workflow. A memo belongs to its starter, who may have used another key or encoding: a field
 * that cannot be read is undefined, and the rest is returned. The SDK's own `describe` and `list` return nothing then.
 *
 * @throws WorkflowNotFoundError.
 */
export async function describeWorkflow(
  client: Client,
  workflowId: string,
  runId?: string,
): Promise<WorkflowExecutionDescription> {
  return await lenient(client).getHandle(workflowId, runId).describe();
}

/** The workflows that a list filter finds, read as {@link describeWorkflow} reads one. */
export function listWorkflows(client: Client, query: string, pageSize: number): AsyncIterable<WorkflowExecutionInfo> {
  return lenient(client).list({ query, pageSize });
}

/** The running children of a workflow, whichever of its runs has started them. */
export function listRunningChildren(
  client: Client,
  workflowId: string,
  pageSize: number,
): AsyncIterable<WorkflowExecutionInfo> {
  const query = `ParentWorkflowId = ${quoted(workflowId)} AND ExecutionStatus = "Running"`;
  return listWorkflows(client, query, pageSize);
}

/** A client that returns what can be read, even if something cannot. */
export function lenient({ workflow: { options } }: Client): WorkflowClient {
  const { payloadConverter, payloadCodecs, ...rest } = options.loadedDataConverter;
  const dataConverter = {
    ...rest,
    payloadConverter: lenientConverter(payloadConverter),
    payloadCodecs: payloadCodecs.map(lenientCodec),
  };
  return new WorkflowClient({ ...options, dataConverter });
}

function lenientConverter(converter: PayloadConverter): PayloadConverter {
  return {
    toPayload: (value, context) => converter.toPayload(value, context),
    fromPayload: (payload, context) => {
      try {
        return converter.fromPayload<never>(payload, context);
      } catch {
        return undefined as never;
      }
    },
  };
}

/** Decodes payloads one by one: one that cannot be decoded stays as it is, and no converter reads it. */
function lenientCodec(codec: PayloadCodec): PayloadCodec {
  const decodeOne = async (payload: Payload, context?: Parameters<PayloadCodec['decode']>[1]): Promise<Payload> =>
    await codec.decode([payload], context).then(
      ([decoded = payload]) => decoded,
      () => payload,
    );
  return {
    encode: (payloads, context) => codec.encode(payloads, context),
    decode: (payloads, context) => Promise.all(payloads.map((payload) => decodeOne(payload, context))),
  };
}
