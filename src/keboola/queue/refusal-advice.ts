import { withFeatureAdvice } from '../connection/dialect.js';
import type { KeboolaErrorFacts } from '../http/keboola-error.js';
import { asSentence } from '../../job/text/as-sentence.js';

/**
 * What to do about refusals that people meet when they first use their project, by Keboola's words
 * (keboola/platform-libraries, libs/permission-checker CanRunJob). The first match counts.
 */
const ADVICE: readonly [RegExp, string][] = [
  [
    /Role "readOnly" is not allowed to run jobs/,
    'A user of that role may only look on: give the worker the token of somebody who may run jobs.',
  ],
  [
    /without "canCreateJobs" permission is not allowed to run jobs/,
    'The project protects its branches: make an API token that may create jobs there, or use the token of a user whose role may.',
  ],
  [
    /is not allowed to run jobs on default branch/,
    'The project protects its default branch: use the token of a production manager, or run on a development branch (branchId, --branch).',
  ],
  [
    /is not allowed to run jobs on dev branch/,
    'The project protects its branches: on this one use the token of a developer or a reviewer.',
  ],
  [
    /Token is not allowed to run component/,
    'Give the token access to that component in Keboola (Settings, API Tokens); one that runs flows needs access to all.',
  ],
  [
    /Configuration ".*" of component ".*" is disabled/,
    'Enable it in Keboola, or run it all the same with the mode "force-run" (--force-run).',
  ],
];

/** The message of a refusal, with advice if there is any. */
export function withAdvice(message: string, facts: KeboolaErrorFacts): string {
  if (facts.lacksFeature !== undefined) return withFeatureAdvice(message, facts);
  const advice = ADVICE.find(([words]) => words.test(facts.reason))?.[1];
  return advice === undefined ? message : `${asSentence(message)} ${advice}`;
}
