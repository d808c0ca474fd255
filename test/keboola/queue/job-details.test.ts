import { expect, test } from 'vitest';
import { jobDetails } from '../../../src/keboola/queue/job-details.js';

const DOCUMENT = {
  id: '7',
  type: 'orchestrationContainer',
  branchId: '9021',
  token: { id: '1', description: 'temporal-worker' },
  delayedStartTime: '2026-11-28T07:20:05+00:00',
  backend: { type: null, containerType: 'small', context: '1234-extractor' },
  metrics: { storage: { inputTablesBytesSum: 10, outputTablesBytesSum: null }, backend: { size: 'medium' } },
  result: {
    configVersion: 14,
    output: { tables: [{ id: 'out.c-main.orders', importedRowsCount: 3 }, { id: 'out.c-main.lines' }, {}] },
    tasks: [
      { id: 5, name: 'load', status: 'success', results: [{ jobId: '70' }, { jobId: '71' }] },
      { id: '6', jobId: '72' },
    ],
  },
};

test('what Queue v2 alone tells is kept', () => {
  expect(jobDetails(DOCUMENT)).toEqual({
    type: 'orchestrationContainer',
    branchId: '9021',
    configVersion: '14',
    backend: 'medium',
    startedBy: 'temporal-worker',
    delayedStartTime: '2026-11-28T07:20:05.000Z',
    inputBytes: 10,
    outputTables: [{ id: 'out.c-main.orders', rows: 3 }, { id: 'out.c-main.lines' }],
    tasks: [
      { id: '5', name: 'load', status: 'success', jobId: '71' },
      { id: '6', jobId: '72' },
    ],
  });
});

test('a backend that was asked for stands in for one that was not told', () => {
  expect(jobDetails({ ...DOCUMENT, metrics: [] }).backend).toBe('small');
});

test.each([undefined, null, [], 'text', {}, { result: [], metrics: [], token: null, backend: [] }])(
  'nothing is made of %j',
  (document) => {
    expect(jobDetails(document)).toEqual({});
  },
);

test('of long lists the beginning is kept, and that there is more', () => {
  const tables = Array.from({ length: 300 }, (_, at) => ({ id: `out.c-main.t${at}` }));
  const details = jobDetails({ result: { output: { tables } } });
  expect(details.outputTables).toHaveLength(100);
  expect(details.truncated).toBe(true);
});

const ENDS: [string, object, object][] = [
  [
    'all that it tells',
    { status: 'error', phase: 'load', jobId: 7, duration: 12 },
    { status: 'error', phase: 'load', jobId: '7', durationSeconds: 12 },
  ],
  [
    'what its last try tells in its place',
    { status: null, jobId: null, duration: null, results: [{ status: 'error' }, { jobId: '8', status: 'canceled' }] },
    { status: 'cancelled', jobId: '8' },
  ],
  ['its own status before that of a try', { status: 'success', results: [{ status: 'error' }] }, { status: 'success' }],
  ['nothing where it tells nothing', { status: null, phase: null, results: {} }, {}],
];

test.each(ENDS)('of a task of a flow is kept: %s', (_, told, kept) => {
  expect(jobDetails({ result: { tasks: [{ id: 'a', ...told }] } }).tasks).toEqual([{ id: 'a', ...kept }]);
});

test('of a flow with many tasks those stay that have not succeeded', () => {
  const ends = Array.from({ length: 150 }, (_, at) => ({ id: `t${at}`, status: 'success' }));
  const tasks = [...ends, { id: 'late', status: null, results: [{ status: 'error' }] }, { id: 'odd' }];
  const details = jobDetails({ result: { tasks } });
  expect(details.tasks).toHaveLength(100);
  expect(details.tasks?.slice(0, 3)).toEqual([{ id: 'late', status: 'error' }, { id: 'odd' }, ends[0]]);
  expect(details.truncated).toBe(true);
});

test('a name that is too long for a list is left out', () => {
  const long = 'x'.repeat(256);
  expect(jobDetails({ result: { tasks: [{ id: 'a', name: long }, { id: long }] } })).toEqual({ tasks: [{ id: 'a' }] });
});
