import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createClock, startSandbox } from '../../src/sandbox/index.js';
import { ask, closeLater, pausedSandbox, post, read, run } from './support.js';

describe('the clock', () => {
  it('runs at the speed it was given', async () => {
    const beforeMs = performance.now();
    const clock = createClock({ speed: 1_000, start: 0 });
    const createdMs = performance.now();
    await sleep(30);
    const askedMs = performance.now();
    const passedMs = clock.now();
    expect(passedMs).toBeGreaterThanOrEqual((askedMs - createdMs) * 1_000 - 1);
    expect(passedMs).toBeLessThanOrEqual((performance.now() - beforeMs) * 1_000);
  });

  it('stands still while paused and moves only by what it is advanced', async () => {
    const clock = createClock({ speed: 1_000, start: 5_000 });
    clock.pause();
    const pausedAtMs = clock.now();
    await sleep(10);
    expect(clock.now()).toBe(pausedAtMs);
    clock.advance(250);
    expect(clock.now()).toBe(pausedAtMs + 250);
    clock.resume();
    await sleep(10);
    expect(clock.now()).toBeGreaterThan(pausedAtMs + 250);
  });

  it('keeps its time when only its speed changes', async () => {
    const beforeMs = performance.now();
    const clock = createClock({ speed: 1, start: 1_000_000 });
    await sleep(30);
    const changingMs = performance.now();
    clock.setSpeed(1_000);
    const passedMs = clock.now() - 1_000_000;
    expect(passedMs).toBeLessThanOrEqual(changingMs - beforeMs + (performance.now() - changingMs) * 1_000);
    expect(clock.state()).toMatchObject({ speed: 1_000, paused: false });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the speed %d', (speed) => {
    expect(() => createClock({ speed })).toThrow(/speed must be above 0/);
  });

  it('refuses to go back', () => {
    expect(() => createClock().advance(-1)).toThrow(/cannot go back/);
  });
});

describe('a sandbox and its clock', () => {
  it('passes a whole job at once when the clock jumps, each step at its own time', async () => {
    const sandbox = await pausedSandbox();
    const id = await run(sandbox, 'medium');
    sandbox.clock.advance(3_600_000);
    expect(await read(sandbox, id)).toMatchObject({
      status: 'success',
      startTime: '2016-05-15T18:14:47+02:00',
      endTime: '2016-05-15T18:14:57+02:00',
      durationSeconds: 10,
    });
  });

  it('carries its time in the Date header', async () => {
    const sandbox = await pausedSandbox();
    sandbox.clock.advance(86_400_000);
    const { headers } = await ask(sandbox, '/v2/storage');
    expect(headers['date']).toBe('Mon, 16 May 2016 16:14:47 GMT');
  });

  it('runs on a clock that is handed in and answers later', async () => {
    let nowMs = Date.parse('2020-01-01T00:00:00Z');
    const clock = { now: () => Promise.resolve(nowMs) };
    const sandbox = closeLater(await startSandbox({ clock }));
    const id = await run(sandbox, 'success');
    expect(await read(sandbox, id)).toMatchObject({ status: 'waiting', createdTime: '2020-01-01T01:00:00+01:00' });
    nowMs += 10_000;
    expect(await read(sandbox, id)).toMatchObject({ status: 'success' });
    expect(sandbox.clock).toBe(clock);
  });

  it('does not go back when a clock that is handed in does', async () => {
    let nowMs = 1_600_000_000_000;
    const sandbox = closeLater(await startSandbox({ clock: { now: () => nowMs } }));
    const id = await run(sandbox, 'success');
    nowMs += 10_000;
    await read(sandbox, id);
    nowMs -= 60_000;
    expect(await read(sandbox, id)).toMatchObject({ status: 'success' });
    const later = await post(sandbox, '/ex-db/run', {});
    expect(later.json.createdTime).toBe('2020-09-13T14:26:50+02:00');
  });

  it('finishes jobs in real time at a high speed', async () => {
    const sandbox = closeLater(await startSandbox({ speed: 1_000 }));
    const id = await run(sandbox, 'success');
    await sleep(30);
    expect(await read(sandbox, id)).toMatchObject({ status: 'success', durationSeconds: 3 });
  });

  it('says why it cannot use a clock and a speed together, or a broken clock', async () => {
    await expect(startSandbox({ clock: createClock(), speed: 2 } as never)).rejects.toThrow(/speed applies only/);
    await expect(startSandbox({ clock: { now: () => Number.NaN } })).rejects.toThrow(/not epoch milliseconds/);
  });
});
