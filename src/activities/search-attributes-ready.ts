import { setTimeout as sleep } from 'node:timers/promises';
import type { ActivityDeps } from './deps.js';

const ANSWER_MS_MAX = 2_000;

/** Whether search attributes may be written; a server that does not say so in time says no, and no job waits for it. */
export async function searchAttributesReady({ searchAttributesRegistered }: ActivityDeps): Promise<boolean> {
  const answer = searchAttributesRegistered().catch(() => false);
  return await Promise.race([answer, sleep(ANSWER_MS_MAX, false, { ref: false })]);
}
