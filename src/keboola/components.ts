import { z } from 'zod';
import type { Connection } from './connection.js';
import { decode } from './decode.js';
import { KeboolaError } from './errors.js';
import type { Sender } from './exchange.js';

/** A component as far as running it needs. */
export interface Component {
  id: string;
  /** Where it runs, for example `https://syrup.keboola.com/ex-db`; only the path of it is ever used. */
  uri: string;
}

const TIMEOUT_MS = 30_000;

const ComponentDocument = z.object({ id: z.string(), uri: z.string().default('') });
const ComponentList = z.array(ComponentDocument);

/** The project's component list (`GET /v2/storage/components`), the call that names every component's `uri`. */
export async function listComponents(http: Sender, connection: Connection): Promise<Component[]> {
  const url = new URL('/v2/storage/components', connection.origins.base);
  const answer = await http.send({ method: 'GET', url, token: connection.token(), timeoutMs: TIMEOUT_MS });
  return decode(ComponentList, answer.json, 'GET', url);
}

/**
 * One component of the stack (`GET /v2/storage/components/{id}`): the project's list names only those that have a
 * configuration there, and an inline configuration needs none.
 *
 * @returns undefined when the stack has no such component.
 */
export async function findComponent(http: Sender, connection: Connection, id: string): Promise<Component | undefined> {
  const url = new URL(`/v2/storage/components/${encodeURIComponent(id)}`, connection.origins.base);
  try {
    const answer = await http.send({ method: 'GET', url, token: connection.token(), timeoutMs: TIMEOUT_MS });
    return decode(ComponentDocument, answer.json, 'GET', url);
  } catch (error) {
    if (error instanceof KeboolaError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

/** The known id that looks most like the given one, if any is near enough to be a slip of the fingers. */
export function nearestId(id: string, known: readonly string[]): string | undefined {
  const distanceMax = Math.max(1, Math.floor(id.length / 3));
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(id.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= distanceMax ? best.candidate : undefined;
}

/** Levenshtein's distance over two rows. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const current = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const substitution = (previous[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      current.push(Math.min((current[j] ?? 0) + 1, (previous[j + 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
