import type { CreateOutcome } from '../../job/create/creation.js';
import { outcomeOfFailedPost } from '../jobs/create-outcome.js';
import { KeboolaError } from '../http/keboola-error.js';

/** The call was carried out at once, or answered with something other than a job. */
export class AnsweredWithoutJob extends Error {
  override readonly name = 'AnsweredWithoutJob';
}

const NO_CONTENT = 204;
/** As Storage calls what it answers with a job: `tables-async`, `import-async`, `export-async`. */
const ASYNCHRONOUS = /-async\/?$/;

/** Whether a call has made a job whatever its answer says, so that the job has to be searched for. */
export function alwaysMakesJob(path: string): boolean {
  return ASYNCHRONOUS.test(path);
}

/**
 * What a failed Storage call proves. The same as for components, except that any 4xx is final, since no other service
 * is behind Storage.
 */
export function outcomeOfFailedCall(error: unknown): CreateOutcome {
  if (error instanceof AnsweredWithoutJob) return { kind: 'refused', type: 'ProtocolError', message: error.message };
  if (error instanceof KeboolaError && error.facts.status === NO_CONTENT && !alwaysMakesJob(error.facts.path)) {
    const message = `${error.facts.method} ${error.facts.path} was carried out at once, without a job: it is not asynchronous`;
    return { kind: 'refused', type: 'ProtocolError', message };
  }
  return outcomeOfFailedPost(error);
}
