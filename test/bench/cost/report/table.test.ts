import { expect, it } from 'vitest';
import { costTable, durationText } from '../../../../bench/cost/report/table.js';

const rows = [
  { key: 'plain', name: 'plain loop' },
  { key: 'timer', name: 'ours by timer' },
];

it('says of a duration what people say', () => {
  expect([0.3, 8, 120, 3_600, 28_800].map(durationText)).toEqual(['0.3 s', '8 s', '2 min', '1 h', '8 h']);
});

it('marks what was not measured, and leaves out rows that were not run', () => {
  const history = { events: 1_144, workflowTasks: 208 };
  const requests = { create: 1, read: 102.3, list: 0, other: 0 };
  const counted = { row: 'plain', seconds: 3_600, kind: 'counted', cpu: { total: 1.3 }, history, requests };
  const text = costTable(3_600, [counted], rows);
  expect(text).toContain('~1300');
  expect(text).toContain('102.3');
  expect(text).not.toContain('ours');
});
