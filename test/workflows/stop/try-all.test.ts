import { describe, expect, it } from 'vitest';
import { failure } from '../../../src/workflows/failures.js';
import { tryAll } from '../../../src/workflows/stop/try-all.js';

const taken: string[] = [];
const good = (name: string) => (): Promise<void> => {
  taken.push(name);
  return Promise.resolve();
};
const bad = (name: string) => (): Promise<void> => {
  taken.push(name);
  return Promise.reject(failure('KillNotConfirmed', `${name} goes on.`));
};

describe('steps that are all tried', () => {
  it('are taken in order, although one before them has failed, and its failure is told', async () => {
    taken.length = 0;
    await expect(tryAll([good('a'), bad('b'), good('c')])).rejects.toMatchObject({
      type: 'KillNotConfirmed',
      message: 'b goes on.',
    });
    expect(taken).toEqual(['a', 'b', 'c']);
  });

  it('tell of each that has failed', async () => {
    await expect(tryAll([bad('a'), good('b'), bad('c')])).rejects.toMatchObject({
      type: 'KillNotConfirmed',
      message: 'a goes on. c goes on.',
    });
  });

  it('tell nothing when all went well', async () => {
    await expect(tryAll([good('a'), good('b')])).resolves.toBeUndefined();
  });
});
