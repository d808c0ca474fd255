import { asSentence } from '../../job/text/as-sentence.js';
import { failure } from '../failures.js';
import type { Creation } from './creation-attempt.js';
import type { SearchEnd } from './find-lost-job.js';

/** Nobody knows whether a job runs, or which one, so the message says where to look. */
export function ambiguous(lost: Lost, reason: string, end?: SearchEnd): Error {
  const { runId, trace, isUnfenced } = (end?.kind === 'unclear' && end.of) || lost;
  const next = `Look in Keboola for ${trace} before you start it again.`;
  const candidates = end?.kind === 'unclear' ? end.candidates : [];
  const details = { ...(!isUnfenced && { runId }), ...(candidates.length > 0 && { candidates }) };
  const known = asSentence(`${whatIsKnown(lost, end)}: ${reason}`);
  return failure('CreateAmbiguous', `${known} ${next}`, details);
}

interface Lost extends Pick<Creation, 'runId' | 'trace' | 'isUnfenced'> {
  /** Nothing was searched for. */
  isUnsearched?: true;
}

function whatIsKnown({ isUnsearched }: Lost, end: SearchEnd | undefined): string {
  if (isUnsearched) return 'It is unknown whether a job was created';
  if (end?.kind !== 'unclear') return 'It is unknown whether a job was created, and searching has not shown one';
  const { candidates, proven } = end;
  if (candidates.length > 0)
    return `It is unknown whether this workflow created one of these jobs (${candidates.join(', ')})`;
  if (proven) return 'Keboola created a job, which may be running, but searches found only its child jobs';
  return 'It is unknown whether a job was created, and searching has not shown one';
}
