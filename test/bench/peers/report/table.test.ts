import { expect, it } from 'vitest';
import { peersTable } from '../../../../bench/peers/report/table.js';

const cell = (seconds: number, p95: number) => ({
  seconds,
  cpu: { server: 0.001, worker: 0.0074, client: 0.002, total: 0.0104 },
  requests: { create: 1, read: 1.25, list: 0, other: 0 },
  latency: { p50: 590, p95 },
});

it('shows cost and damage of a row in one line', () => {
  const aftermath = { accepted: 8, created: 12, doubled: 4, lost: 0, untold: 5, open: 1, lastToldMs: 61_000 };
  const result = { row: { name: 'BullMQ, Redis' }, cells: [cell(0.3, 701), cell(8, 1_450)], aftermath };
  const text = peersTable([result], [0.3, 8]);
  const values = (text.split('\n')[3] ?? '').split('│').map((value) => value.trim());
  expect(values.slice(1, -1)).toEqual([
    'BullMQ, Redis',
    '10 (1 + 7 + 2)',
    '2.3',
    '0.59 s',
    '0.70 s',
    '10 (1 + 7 + 2)',
    '2.3',
    '0.59 s',
    '1.45 s',
    '8',
    '12',
    '4',
    '0',
    '5',
    '1',
    '61.00 s',
  ]);
});

it('shows a dash where nobody was told', () => {
  const aftermath = { accepted: 8, created: 8, doubled: 0, lost: 0, untold: 8, open: 0 };
  const text = peersTable([{ row: { name: 'bare Node loop' }, cells: [cell(8, 1)], aftermath }], [8]);
  expect(text).toMatch(/│ 8 +│ 8 +│ 0 +│ 0 +│ 8 +│ 0 +│ - +│/);
});
