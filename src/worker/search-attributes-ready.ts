import { getClient } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { Cached } from '../keboola/cached.js';
import { GRPC, grpcCause } from '../temporal/grpc-cause.js';
import { missingSearchAttributes, registerSearchAttributes } from '../temporal/search-attributes.js';

const ANSWER_LIFETIME_MS = 60_000;

/**
 * Tells activities whether the server of their worker knows every search attribute, and registers what is missing where
 * that worker may. Workers of different servers and namespaces may share one.
 */
export function searchAttributesProbe(): () => Promise<boolean> {
  const answers = new WeakMap<Client, Cached<boolean>>();
  return () => {
    const client = getClient();
    const answer = answers.get(client) ?? new Cached(() => areReady(client), ANSWER_LIFETIME_MS);
    answers.set(client, answer);
    return answer.get();
  };
}

/** Where the worker may not register them, workflows go on without. */
async function areReady(client: Client): Promise<boolean> {
  try {
    if ((await missingSearchAttributes(client)).length === 0) return true;
    // A refusal is an answer; whether it was one shows in what is missing afterwards.
    await registerSearchAttributes(client).catch(() => undefined);
    return (await missingSearchAttributes(client)).length === 0;
  } catch (error) {
    // A server without visibility, or no right to ask: that is how it is. Anything else is a blip, and asked again.
    const code = grpcCause(error)?.code;
    if (code === GRPC.unimplemented || code === GRPC.permissionDenied) return false;
    throw error;
  }
}
