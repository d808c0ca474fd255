import { setImmediate as turns } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Slots } from '../../../src/activities/storage/slots.js';

const NEVER = new AbortController().signal;

/** Work that goes on until it is let go. */
class Held {
  readonly running = new Set<string>();
  private readonly ends = new Map<string, (failure?: Error) => void>();

  work(name: string): () => Promise<string> {
    return async () => {
      this.running.add(name);
      try {
        await new Promise<void>((resolve, reject) => {
          this.ends.set(name, (failure) => (failure ? reject(failure) : resolve()));
        });
        return name;
      } finally {
        this.running.delete(name);
      }
    };
  }

  end(name: string, failure?: Error): void {
    this.ends.get(name)?.(failure);
  }
}

describe('of what may run twice at the same time', () => {
  it('a third one runs when one has ended, also by a failure', async () => {
    const [slots, held] = [new Slots(2), new Held()];
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => slots.run(NEVER, held.work(name)));
    const failed = expect(a).rejects.toThrow('broken');
    await turns();
    expect([...held.running]).toEqual(['a', 'b']);
    held.end('a', new Error('broken'));
    await failed;
    await turns();
    expect([...held.running]).toEqual(['b', 'c']);
    held.end('b');
    expect(await b).toBe('b');
    await turns();
    expect([...held.running]).toEqual(['c', 'd']);
    held.end('c');
    held.end('d');
    expect(await Promise.all([c, d])).toEqual(['c', 'd']);
    const later = slots.run(NEVER, () => Promise.resolve('later'));
    expect(await later).toBe('later');
  });

  it('one that is cancelled while it waits takes nobody’s place', async () => {
    const [slots, held, stop] = [new Slots(1), new Held(), new AbortController()];
    const first = slots.run(NEVER, held.work('first'));
    const given = slots.run(stop.signal, held.work('given up'));
    const last = slots.run(NEVER, held.work('last'));
    stop.abort(new Error('cancelled'));
    await expect(given).rejects.toThrow('cancelled');
    held.end('first');
    await first;
    await turns();
    expect([...held.running]).toEqual(['last']);
    held.end('last');
    expect(await last).toBe('last');
    await expect(slots.run(stop.signal, held.work('too late'))).rejects.toThrow('cancelled');
  });
});
