import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { WatchRoom } from '../../../src/activities/watch/watch-room.js';

/** Watches that last, as many as are asked for. */
async function refusedOf(asked: number, slots?: number): Promise<number> {
  const room = new WatchRoom(slots === undefined ? {} : { activitySlots: () => slots });
  const watches = Array.from({ length: asked }, () => room.run(() => sleep(1, 'watched')).catch(() => 'refused'));
  return (await Promise.all(watches)).filter((end) => end === 'refused').length;
}

describe('watches', () => {
  it.each([
    [1, 3],
    [2, 2],
    [3, 2],
    [4, 1],
    [100, 0],
  ])('leave half of %i slots to what jobs need', async (slots, refused) => {
    expect(await refusedOf(3, slots)).toBe(refused);
  });

  it('are taken where nobody says how many slots there are', async () => {
    expect(await refusedOf(3)).toBe(0);
  });

  it('make room when they have ended, also by a failure', async () => {
    const room = new WatchRoom({ activitySlots: () => 2 });
    await expect(room.run(() => Promise.reject(new Error('stops')))).rejects.toThrow('stops');
    expect(await room.run(() => Promise.resolve('watched'))).toBe('watched');
  });
});
