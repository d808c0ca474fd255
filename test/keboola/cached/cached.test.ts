import { expect, test } from 'vitest';
import { Cached } from '../../../src/keboola/cached/cached.js';

/** Counts loads and lets the test decide when and how each one ends. */
function controlled(lifetimeMs = 1_000): {
  cached: Cached<number>;
  loads: { resolve: (value: number) => void; reject: (error: Error) => void }[];
  clock: { nowMs: number };
} {
  const loads: { resolve: (value: number) => void; reject: (error: Error) => void }[] = [];
  const clock = { nowMs: 0 };
  const load = (): Promise<number> => new Promise((resolve, reject) => loads.push({ resolve, reject }));
  return { cached: new Cached(load, lifetimeMs, () => clock.nowMs), loads, clock };
}

test('all who ask at once share one request', async () => {
  const { cached, loads } = controlled();
  const asked = [cached.get(), cached.get(), cached.get()];
  loads[0]!.resolve(7);
  expect(await Promise.all(asked)).toEqual([7, 7, 7]);
  expect(loads).toHaveLength(1);
});

test('a value is remembered until its lifetime is over', async () => {
  const { cached, loads, clock } = controlled(1_000);
  loads.length = 0;
  const first = cached.get();
  loads[0]!.resolve(1);
  await first;
  clock.nowMs = 999;
  expect(await cached.get()).toBe(1);
  clock.nowMs = 1_000;
  const second = cached.get();
  loads[1]!.resolve(2);
  expect(await second).toBe(2);
});

test('a failure reaches all who waited for it and is not remembered', async () => {
  const { cached, loads } = controlled();
  const asked = [cached.get(), cached.get()];
  loads[0]!.reject(new Error('no answer'));
  for (const one of await Promise.allSettled(asked)) expect(one.status).toBe('rejected');
  const again = cached.get();
  loads[1]!.resolve(3);
  expect(await again).toBe(3);
});

test('a late failure of an old request does not forget the newer value', async () => {
  const { cached, loads, clock } = controlled(1_000);
  const old = cached.get();
  clock.nowMs = 1_000;
  const fresh = cached.get();
  loads[1]!.resolve(2);
  loads[0]!.reject(new Error('late'));
  await expect(old).rejects.toThrow('late');
  await fresh;
  expect(await cached.get()).toBe(2);
  expect(loads).toHaveLength(2);
});

test('a value that was long in coming is remembered from when it came', async () => {
  const { cached, loads, clock } = controlled(1_000);
  const first = cached.get();
  clock.nowMs = 900;
  loads[0]!.resolve(1);
  await first;
  clock.nowMs = 1_800;
  expect(await cached.get()).toBe(1);
  expect(loads).toHaveLength(1);
});

test('all who ask anew while an answer is under way share the next one, which is not older than their question', async () => {
  const { cached, loads } = controlled();
  const old = cached.get();
  const anew = [cached.getFresh(), cached.getFresh(), cached.getFresh()];
  loads[0]!.resolve(1);
  expect(await old).toBe(1);
  await expect.poll(() => loads.length).toBe(2);
  loads[1]!.resolve(2);
  expect(await Promise.all(anew)).toEqual([2, 2, 2]);
  expect(await cached.get()).toBe(2);
  expect(loads).toHaveLength(2);
});

test('who asks anew is not kept from it by a failure of the one before', async () => {
  const { cached, loads } = controlled();
  const old = cached.get();
  const anew = cached.getFresh();
  loads[0]!.reject(new Error('no answer'));
  await expect(old).rejects.toThrow('no answer');
  await expect.poll(() => loads.length).toBe(2);
  loads[1]!.resolve(2);
  expect(await anew).toBe(2);
});
