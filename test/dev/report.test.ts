import { expect, test } from 'vitest';
import { reportTo } from '../../src/dev/report.js';

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

test('a terminal shows progress in one line that the next line replaces', () => {
  const terminal = stream(true);
  const report = reportTo(terminal);
  report('Building (1 s)', 'progress');
  report('Building (2 s)', 'progress');
  report('Built');
  report('Ready');
  expect(terminal.written.join('')).toBe('Building (1 s)\r\u001B[2KBuilding (2 s)\r\u001B[2KBuilt\nReady\n');
});

test('a log gets progress now and then, without control characters', () => {
  const log = stream(false);
  let nowMs = 0;
  const report = reportTo(log, () => nowMs);
  for (let second = 1; second <= 31; second++) {
    nowMs = second * 1000;
    report(`Building (${second} s)`, 'progress');
  }
  report('Built');
  expect(log.written).toEqual(['Building (1 s)\n', 'Building (16 s)\n', 'Building (31 s)\n', 'Built\n']);
});
