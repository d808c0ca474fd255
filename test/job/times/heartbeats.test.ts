import { expect, test } from 'vitest';
import { BEAT_MS, BELIEVED_MS, LOST_AFTER_MS, PASSED_ON_MS, SILENT_MS_MAX } from '../../../src/job/times/heartbeats.js';

test('a heartbeat comes through before its activity is given up, also one that the worker has just passed over', () => {
  expect(BEAT_MS + PASSED_ON_MS).toBeLessThan(LOST_AFTER_MS);
});

test('an activity is not given up for what it does before its first heartbeat', () => {
  expect(SILENT_MS_MAX).toBeLessThan(LOST_AFTER_MS);
});

test('a watcher is believed until it is surely lost', () => {
  expect(BELIEVED_MS).toBeGreaterThan(LOST_AFTER_MS);
});
