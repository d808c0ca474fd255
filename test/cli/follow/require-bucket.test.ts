import { expect, it } from 'vitest';
import { requireBucket } from '../../../src/cli/follow/require-bucket.js';
import { KeboolaError } from '../../../src/keboola/http/keboola-error.js';

const MISSING = 'the bucket "in.c-main" does not exist.';
const refused = new KeboolaError({ kind: 'unauthorized', method: 'GET', path: '/', status: 403, reason: 'no' });

/** What becomes of a bucket that is looked at with these answers, of which the last one stays. */
async function looked(...answers: (string | Error | undefined)[]): Promise<string | undefined> {
  const bucketProblem = (): Promise<string | undefined> => {
    const [answer] = answers.length > 1 ? answers.splice(0, 1) : answers;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const own = { bucketProblem, signal: new AbortController().signal };
  return await requireBucket(own, 'in.c-main.orders', 1).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
}

it('a bucket that is not there twice is refused', async () => {
  expect(await looked(MISSING)).toBe(`table: ${MISSING} Nothing was uploaded.`);
});

it.each([
  ['is there', [undefined]],
  ['was not there for a moment', [MISSING, undefined]],
  ['the token may not look at', [refused]],
  ['the token may not look at a second time', [MISSING, refused]],
])('a bucket that %s is left to the load', async (_, answers) => {
  expect(await looked(...answers)).toBeUndefined();
});
