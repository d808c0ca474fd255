import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventQueue } from '../../../src/sandbox/world/event-queue.js';

it('gives events in the order of their times, and of scheduling within one instant', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 }), (times) => {
      const queue = new EventQueue<number>();
      times.forEach((atMs, order) => queue.push(atMs, order));
      const taken: [number, number][] = [];
      for (let due = queue.takeDue(20); due !== undefined; due = queue.takeDue(20)) taken.push([due.atMs, due.event]);
      const expected = times
        .map((atMs, order): [number, number] => [atMs, order])
        .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      expect(taken).toEqual(expected);
    }),
  );
});

it('keeps what is not due yet', () => {
  const queue = new EventQueue<string>();
  queue.push(10, 'later');
  expect(queue.takeDue(9)).toBeUndefined();
  expect(queue.size).toBe(1);
  expect(queue.takeDue(10)).toEqual({ atMs: 10, event: 'later', order: 0 });
});
