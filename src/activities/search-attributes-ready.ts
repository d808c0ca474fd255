import type { ActivityDeps } from './deps.js';
import { withinOr } from './within.js';

const ANSWER_MS_MAX = 2_000;

/** Whether search attributes may be written; a server that does not say so in time says no, and no job waits for it. */
export function searchAttributesReady({ searchAttributesRegistered }: ActivityDeps): Promise<boolean> {
  return withinOr(ANSWER_MS_MAX, false, searchAttributesRegistered());
}
