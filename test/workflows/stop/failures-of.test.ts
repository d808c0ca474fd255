import { describe, expect, it } from 'vitest';
import { failure } from '../../../src/workflows/failures.js';
import { failuresOf, throwAll } from '../../../src/workflows/stop/failures-of.js';

const taken: string[] = [];
const good = (name: string) => (): Promise<void> => {
  taken.push(name);
  return Promise.resolve();
};
const bad = (name: string) => (): Promise<void> => {
  taken.push(name);
  return Promise.reject(failure('KillNotConfirmed', `${name} goes on.`));
};

const takeAll = async (steps: (() => Promise<void>)[]): Promise<void> => throwAll(await failuresOf(steps));
const late = (step: () => Promise<void>) => (): Promise<void> => Promise.resolve().then(step);

describe('steps that are all tried', () => {
  it('are begun in order, although one before them fails, and its failure is told', async () => {
    taken.length = 0;
    await expect(takeAll([good('a'), bad('b'), good('c')])).rejects.toMatchObject({
      type: 'KillNotConfirmed',
      message: 'b goes on.',
    });
    expect(taken).toEqual(['a', 'b', 'c']);
  });

  it('do not wait for one another', async () => {
    let goOn = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (goOn = resolve));
    const letGo = (): Promise<void> => {
      goOn();
      return Promise.resolve();
    };
    await expect(takeAll([() => waiting, letGo])).resolves.toBeUndefined();
  });

  it('tell of each that has failed, in their order', async () => {
    await expect(takeAll([late(bad('a')), good('b'), bad('c')])).rejects.toMatchObject({
      type: 'KillNotConfirmed',
      message: 'a goes on. c goes on.',
    });
  });

  it('tell nothing when all went well', async () => {
    await expect(takeAll([good('a'), good('b')])).resolves.toBeUndefined();
  });
});
