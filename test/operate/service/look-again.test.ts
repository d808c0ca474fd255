import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConnectionReport } from '../../../src/job/questions.js';
import { ConnectionBoard } from '../../../src/operate/service/connection-board.js';
import { lookAgain } from '../../../src/operate/service/look-again.js';

const MINUTE_MS = 60_000;
const SILENT: ConnectionReport = { name: 'silent', url: 'https://k', problem: 'nobody answers', unreachable: true };
const WELL: ConnectionReport = { name: 'silent', url: 'https://k', project: { id: '1', name: 'P' } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function board(): ConnectionBoard {
  const known = new ConnectionBoard(['well', 'silent']);
  known.looked(SILENT);
  return known;
}

it('looks once a minute at what was bad at the start, until it is well', async () => {
  const known = board();
  const asked: (readonly string[])[] = [];
  const look = (names: readonly string[]): Promise<ConnectionReport[]> => {
    asked.push(names);
    return asked.length === 1 ? Promise.reject(new Error('no')) : Promise.resolve([asked.length === 2 ? SILENT : WELL]);
  };
  const again = lookAgain(known, look, (reports) => reports.forEach((one) => known.looked(one)));
  again.begin();
  await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
  expect(known.badByLook()).toEqual(['silent']);
  await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
  expect(known.all().map(({ state }) => state)).toEqual(['well', 'well']);
  expect(asked).toEqual([['silent'], ['silent'], ['silent']]);
  again.end();
});

it('does not wait for its answer twice, and leaves to jobs what they know', async () => {
  const known = board();
  let asked = 0;
  const again = lookAgain(
    known,
    () => {
      asked += 1;
      return new Promise(() => undefined);
    },
    () => undefined,
  );
  again.begin();
  await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);
  expect(asked).toBe(1);
  known.heard('silent', { kind: 'token-refused', message: 'no' });
  expect(known.badByLook()).toEqual([]);
  known.looked(WELL);
  expect(known.all().at(1)).toMatchObject({ state: 'token-refused' });
  again.end();
});
