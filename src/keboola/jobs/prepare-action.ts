import { POST_MS_MAX } from '../../job/times/requests.js';
import type { BudgetedHttp } from '../http/budgeted-http.js';
import type { PreparedAction } from './action-api.js';
import { outcomeOfFailedCall } from './action-outcome.js';

/**
 * A component has 45 s (keboola/docker-bundle `ActionController.php`). The download of its image is not counted and
 * takes as long again at worst.
 */
const CALL_MS_MAX = POST_MS_MAX;

/** Reserves room in the budget for a synchronous action, so that a failure here proves that nothing was called. */
export async function prepareAction(
  http: BudgetedHttp,
  { url, token, body }: { url: URL; token: string; body: unknown },
): Promise<PreparedAction> {
  await http.reserveCreation();
  return {
    send: async () => (await http.sendCreation({ method: 'POST', url, token, body, timeoutMs: CALL_MS_MAX })).json,
    outcomeOf: outcomeOfFailedCall,
  };
}
