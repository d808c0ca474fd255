import type { ActivityDeps } from './deps.js';
import { withinOr } from './within.js';

const ANSWER_MS_MAX = 2_000;

/**
 * Whether search attributes may be written. No job waits for this: a server that does not answer in time counts as no.
 */
export function searchAttributesReady({ searchAttributesRegistered }: ActivityDeps): Promise<boolean> {
  return withinOr(ANSWER_MS_MAX, false, searchAttributesRegistered());
}
