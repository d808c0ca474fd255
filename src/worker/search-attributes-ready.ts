import { getClient } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import {
  ANSWER_LIFETIME_MS,
  faultsText,
  GONE_WITHOUT,
  SEARCH_ATTRIBUTES,
  type SearchAttributeFault,
} from '../job/search-attributes.js';
import { Cached } from '../keboola/cached/cached.js';
import { steadyMs } from '../keboola/http/steady-ms.js';
import { GRPC, grpcCause } from '../temporal/grpc-cause.js';
import { registerSearchAttributes, searchAttributeFaults } from '../temporal/search-attributes.js';
import type { Tell } from './tell.js';

/** What a worker knows about the search attributes of its server. */
export interface SearchAttributesProbe {
  /** Whether workflows may write them; for activities. @throws Error of the SDK if the server cannot be asked. */
  areReady: () => Promise<boolean>;
  /** What is wrong with them; for callers that have the worker's client. @throws as `areReady`. */
  faults: (client: Client) => Promise<readonly SearchAttributeFault[]>;
}

/**
 * Asks whether the server of a worker knows every search attribute by its type, and registers what is missing if the
 * worker may. Workers of different servers and namespaces may share one probe.
 *
 * @param tell is called once when something is found wrong, and once when it is well again.
 * @param now the clock by which an answer grows old, in milliseconds.
 */
export function searchAttributesProbe(tell: Tell, now = steadyMs): SearchAttributesProbe {
  const answers = new WeakMap<Client, Cached<readonly SearchAttributeFault[]>>();
  const faults = (client: Client): Promise<readonly SearchAttributeFault[]> => {
    const answer = answers.get(client) ?? answersOf(client, tell, now);
    answers.set(client, answer);
    return answer.get();
  };
  return { faults, areReady: async () => (await faults(getClient())).length === 0 };
}

function answersOf(client: Client, tell: Tell, now: () => number): Cached<readonly SearchAttributeFault[]> {
  let told = '';
  const load = async (): Promise<readonly SearchAttributeFault[]> => {
    const found = await faultsAfterRegistering(client);
    const text = faultsText(found);
    if (text !== told) tell(...sentenceOf(found, text));
    told = text;
    return found;
  };
  return new Cached(load, ANSWER_LIFETIME_MS, now);
}

function sentenceOf(found: readonly SearchAttributeFault[], text: string): Parameters<Tell> {
  if (found.length === 0) return ['INFO', 'Search attributes: all are registered now; jobs show in them'];
  // How to mend it depends on where the server is, which the client of a worker does not know.
  const mend = 'Fix this with `keboola-temporal setup`; if it lacks the rights, it tells you what to do.';
  return ['WARN', `Search attributes: ${text}. ${GONE_WITHOUT} ${mend}`];
}

/** If the worker may not register them, workflows go on without. */
async function faultsAfterRegistering(client: Client): Promise<readonly SearchAttributeFault[]> {
  try {
    const before = await searchAttributeFaults(client);
    if (before.every(({ type }) => type !== undefined)) return before;
    // A refusal needs no handling here: what is still missing afterwards shows it.
    await registerSearchAttributes(client).catch(() => undefined);
    return await searchAttributeFaults(client);
  } catch (error) {
    // No visibility, or no right to ask: that stays so. Anything else is a blip, and asked again.
    const code = grpcCause(error)?.code;
    if (code === GRPC.unimplemented || code === GRPC.permissionDenied)
      return SEARCH_ATTRIBUTES.map((name) => ({ name }));
    throw error;
  }
}
