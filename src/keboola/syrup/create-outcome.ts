import type { CreateOutcome } from '../../job/create/creation.js';
import { notOn } from '../connection/dialect.js';
import { outcomeOfFailedPost } from '../jobs/create-outcome.js';
import { asSentence } from '../../job/text/as-sentence.js';

const BAD_REQUEST = 400;
/** Words that say that the project has left Syrup. */
const OTHER_API = /job queue|queuev2/i;

/**
 * Syrup's genuine refusals, by what their texts have in common (keboola/docker-bundle `ApiController.php`,
 * keboola/syrup `BaseController.php`). Any other 400 may be a temporary failure of Storage: while the controller draws
 * the ids of a job, it turns every error of Storage, including 5xx, into a 400, and has written nothing yet.
 */
const MEANT = [
  /\btoken\b/i,
  /\b(bad|invalid|malformed) json\b/i,
  /component .*not found/i,
  /\bspecify\b/i,
  /not allowed/i,
  /read-?only/i,
  /credit/i,
  OTHER_API,
  /not (a number|scalar)|invalid type/i,
];

/** What to do about refusals that people meet when they first use their project. */
const ADVICE: readonly [RegExp, string][] = [
  [
    // `As a readOnly user you cannot run a job.` (keboola/syrup `BaseController.php`).
    /\breadOnly user\b/,
    'A user of that role may only look on: give the worker the token of somebody who may run jobs.',
  ],
  [OTHER_API, notOn('syrup')],
];

/** What a creation proves that Syrup did not answer with a job. */
export function outcomeOfFailedCreation(error: unknown): CreateOutcome {
  const outcome = outcomeOfFailedPost(
    error,
    ({ status, reason }) => status === BAD_REQUEST && !MEANT.some((words) => words.test(reason)),
  );
  if (outcome.kind !== 'refused') return outcome;
  const advice = ADVICE.find(([words]) => words.test(outcome.message))?.[1];
  return advice === undefined ? outcome : { ...outcome, message: `${asSentence(outcome.message)} ${advice}` };
}
