import { setTimeout as sleep } from 'node:timers/promises';
import { NoWorkerError } from '../../client/errors.js';
import { notWrittenWords, isUnreachable } from '../../operate/unreachable.js';

const LOOK_MS = 500;

/** What a watcher gets: a view, or why there is none. */
export type Observed<View> = { snapshot: View } | { silence: string };

/** Waits for a result and meanwhile reports what it sees. @throws what the result throws. */
export async function watch<Result, View>(
  result: Promise<Result>,
  look: () => Promise<View>,
  report: (observed: Observed<View>) => void,
): Promise<Result> {
  const over = new AbortController();
  const looking = lookOften(look, report, over.signal);
  try {
    return await result;
  } finally {
    over.abort();
    await looking;
  }
}

/** Loops until the workflow ends, which aborts it. */
async function lookOften<View>(
  look: () => Promise<View>,
  report: (observed: Observed<View>) => void,
  over: AbortSignal,
): Promise<void> {
  const isOver = (): boolean => over.aborted;
  // A query may hang for seconds; the end of the workflow does not wait for it.
  const ended = new Promise<undefined>((resolve) => over.addEventListener('abort', () => resolve(undefined)));
  while (!isOver()) {
    const observed = await Promise.race([lookOnce(look), ended]);
    if (observed && !isOver()) report(observed);
    await sleep(LOOK_MS, undefined, { signal: over }).catch(() => undefined);
  }
}

/** Reports that nobody answers. Any other error of a look is ignored, as the next one comes soon. */
async function lookOnce<View>(look: () => Promise<View>): Promise<Observed<View> | undefined> {
  try {
    return { snapshot: await look() };
  } catch (error) {
    if (error instanceof NoWorkerError) return { silence: error.message };
    if (notWrittenWords(error) !== undefined) return { silence: 'Temporal cannot write; it is asked again' };
    return isUnreachable(error) ? { silence: 'Temporal does not answer; it is asked again' } : undefined;
  }
}
