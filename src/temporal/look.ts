import {
  WorkflowClient,
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import type { Payload, PayloadCodec, PayloadConverter } from '@temporalio/common';
import { quoted } from './quoted.js';

/**
 * What Temporal tells of a workflow. A memo is its starter's own, perhaps of another key or encoding: a field that
 * cannot be read is undefined, and the rest is told; the SDK's own `describe` and `list` tell nothing then.
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

/** What runs of that which a workflow, in whatever run, has started. */
export function listRunningChildren(
  client: Client,
  workflowId: string,
  pageSize: number,
): AsyncIterable<WorkflowExecutionInfo> {
  const query = `ParentWorkflowId = ${quoted(workflowId)} AND ExecutionStatus = "Running"`;
  return listWorkflows(client, query, pageSize);
}

/** A client that tells what can be read where something cannot. */
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

/** One by one: what cannot be decoded stays as it is, which no converter reads. */
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
