import { describe, expect, it } from 'vitest';
import { BudgetSpent } from '../../../../src/keboola/http/request-budget.js';
import { KeboolaError, type KeboolaErrorKind } from '../../../../src/keboola/http/keboola-error.js';
import { attempt } from '../../../../src/keboola/storage/providers/attempts.js';

const FEW = { attemptsMax: 3, pauseMs: 1 };

function error(kind: KeboolaErrorKind): KeboolaError {
  return new KeboolaError({ kind, method: 'PUT', path: '/refresh', reason: 'as the test says' });
}

/** Works with new credentials only; they are handed out after what the test says. */
async function renewedAfter(failures: readonly Error[], attemptsMax = FEW.attemptsMax): Promise<unknown> {
  const { signal } = new AbortController();
  const left = [...failures];
  let [isNew, renewals, signals] = [false, 0, 0];
  const renew = (given: AbortSignal): Promise<void> => {
    renewals += 1;
    if (given === signal) signals += 1;
    const failure = left.shift();
    if (failure) return Promise.reject(failure);
    isNew = true;
    return Promise.resolve();
  };
  const work = (): Promise<string> => (isNew ? Promise.resolve('done') : Promise.reject(error('unauthorized')));
  const outcome = await attempt(work, { patience: { ...FEW, attemptsMax }, signal, renew }).catch(String);
  return { outcome, renewals, signals };
}

describe('new credentials', () => {
  it.each([
    ['Keboola is away', [error('unavailable'), error('interrupted')]],
    ['our budget of requests is spent', [new BudgetSpent(1), new BudgetSpent(1)]],
  ])('are asked for again where %s', async (_, failures) => {
    expect(await renewedAfter(failures)).toEqual({ outcome: 'done', renewals: 3, signals: 3 });
  });

  it('are given up once there were as many failures as of anything else', async () => {
    const failures = Array.from({ length: 5 }, () => error('unavailable'));
    expect(await renewedAfter(failures)).toMatchObject({
      outcome: expect.stringContaining('as the test says') as string,
      renewals: 3,
    });
    expect(await renewedAfter([new BudgetSpent(1), new BudgetSpent(1), new BudgetSpent(1)])).toMatchObject({
      outcome: expect.stringContaining('BudgetSpent') as string,
      renewals: 3,
    });
  });

  it('that Keboola refuses are asked for once', async () => {
    expect(await renewedAfter([error('unauthorized'), error('unauthorized')])).toMatchObject({ renewals: 1 });
  });

  it('are not asked for where a step is done once and not again', async () => {
    expect(await renewedAfter([], 1)).toMatchObject({ renewals: 0 });
  });
});
