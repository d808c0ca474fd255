import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Priority } from '../../../src/keboola/http/priority.js';
import { BudgetSpent, RequestBudget, WAIT_MS_MAX } from '../../../src/keboola/http/request-budget.js';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

function budgetOf(requestsPerSecond: number, burst: number): RequestBudget {
  return new RequestBudget({ requestsPerSecond, burst }, Date.now, () => 0.5);
}

/** Asks, and tells when it was let go or sent away. */
function ask(budget: RequestBudget, priority: Priority, name: string, log: string[]): Promise<void> {
  return budget.take(priority).then(
    () => void log.push(name),
    (error: unknown) => void log.push(error instanceof BudgetSpent ? `${name} deferred` : String(error)),
  );
}

describe('a budget of requests', () => {
  it('pauses for as long as it was told, although the clock of the machine is set back an hour meanwhile', async () => {
    const budget = new RequestBudget({ requestsPerSecond: 10, burst: 1 });
    const log: string[] = [];
    budget.rest('all', 20_000, 'busy');
    vi.setSystemTime(Date.now() - 3_600_000);
    await vi.advanceTimersByTimeAsync(20_001);
    void ask(budget, 'read', 'a', log);
    await vi.advanceTimersByTimeAsync(0);
    expect(log).toEqual(['a']);
  });

  it('lets a burst pass at once, and then so many per second', async () => {
    const budget = budgetOf(10, 5);
    const log: string[] = [];
    for (let i = 0; i < 10; i++) void ask(budget, 'read', String(i), log);
    await vi.advanceTimersByTimeAsync(0);
    expect(log).toHaveLength(5);
    await vi.advanceTimersByTimeAsync(300);
    expect(log).toHaveLength(8);
    await vi.advanceTimersByTimeAsync(400);
    expect(log).toEqual(Array.from({ length: 10 }, (_, index) => String(index)));
  });

  it('lets nobody stand in line for more than half a second: who would have to is sent away at once', async () => {
    const budget = budgetOf(10, 1);
    const log: string[] = [];
    for (let i = 0; i < 40; i++) void ask(budget, 'read', String(i), log);
    await vi.advanceTimersByTimeAsync(0);
    expect(log.filter((line) => line.endsWith('deferred')).length).toBe(34);
    await vi.advanceTimersByTimeAsync(WAIT_MS_MAX);
    expect(log).toHaveLength(40);
  });

  it('lets kills go before creations, those before searches, those before reads', async () => {
    const budget = budgetOf(10, 1);
    const log: string[] = [];
    await budget.take('read');
    for (const priority of ['read', 'search', 'create', 'stop'] as const) void ask(budget, priority, priority, log);
    await vi.advanceTimersByTimeAsync(500);
    expect(log).toEqual(['stop', 'create', 'search', 'read']);
  });

  it('sends away who was promised a place when kills took it', async () => {
    const budget = budgetOf(20, 1);
    const log: string[] = [];
    await budget.take('read');
    void ask(budget, 'read', 'reader', log);
    for (let i = 0; i < 10; i++) void ask(budget, 'stop', 'stop', log);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(log.filter((line) => line === 'stop')).toHaveLength(10);
    expect(log).toContain('reader deferred');
  });

  it('rests when Keboola asks for it, for all but kills', async () => {
    const budget = budgetOf(10, 5);
    const log: string[] = [];
    budget.rest('all', 30_000, 'busy');
    void ask(budget, 'read', 'read', log);
    void ask(budget, 'create', 'create', log);
    void ask(budget, 'stop', 'stop', log);
    await vi.advanceTimersByTimeAsync(0);
    expect(log.sort()).toEqual(['create deferred', 'read deferred', 'stop']);
    await vi.advanceTimersByTimeAsync(30_000);
    await budget.take('read');
  });

  it('tells how long to stay away, spread so that not all come back at once', async () => {
    const budget = budgetOf(10, 5);
    budget.rest('all', 20_000, 'busy');
    await expect(budget.take('read')).rejects.toMatchObject({ deferredMs: 25_000 });
  });

  it('rests from creations alone, and says why', async () => {
    const budget = budgetOf(10, 5);
    budget.rest('creations', 3_600_000, 'POST /jobs answered 429: Slow down');
    await budget.take('read');
    await budget.take('search');
    await expect(budget.take('create')).rejects.toMatchObject({
      deferredMs: 305_000,
      message: expect.stringMatching(/asked .* 305.0 s: POST \/jobs answered 429: Slow down/) as unknown,
    });
  });

  it('does not shorten a rest for another answer that asks for less', async () => {
    const budget = budgetOf(10, 5);
    budget.rest('all', 60_000, 'long');
    budget.rest('all', 5_000, 'short');
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(budget.take('read')).rejects.toThrow('long');
  });

  it('rests for five minutes at most, whatever is asked for', async () => {
    const budget = budgetOf(10, 5);
    budget.rest('all', 24 * 3_600_000, 'busy');
    await vi.advanceTimersByTimeAsync(300_001);
    await budget.take('read');
  });

  it('loses nothing when the clock is set back', async () => {
    const budget = budgetOf(10, 2);
    vi.setSystemTime(0);
    await budget.take('read');
    await budget.take('read');
    await vi.advanceTimersByTimeAsync(100);
    await budget.take('read');
  });
});
