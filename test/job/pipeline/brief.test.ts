import { describe, expect, it } from 'vitest';
import { brief, briefStorage } from '../../../src/job/pipeline/brief.js';
import type { StorageJobResult } from '../../../src/job/storage/result.js';
import { endedJob } from '../../support/ended-job.js';

const job = endedJob('1');
const storage: StorageJobResult = {
  jobId: '5',
  runId: '9.5',
  status: 'success',
  operation: 'tableImport',
  url: 'http://x/5',
  polls: 1,
  adopted: false,
};

describe('the brief result of a job', () => {
  it('has 2 KiB of a result and a thousand characters of a message', () => {
    const told = brief({ ...job, result: { note: 'short', rows: ['x'.repeat(3_000)] }, message: 'x'.repeat(4_000) });
    expect(told).toMatchObject({ jobId: '1', result: { note: 'short' }, truncated: true });
    expect(told.message).toHaveLength(1_000);
    expect(brief({ ...job, result: { rows: 3 } })).toMatchObject({ result: { rows: 3 } });
    expect(brief({ ...job, truncated: true, result: { rows: 3 } }).truncated).toBe(true);
  });

  it('has no message if there was none', () => {
    expect(brief({ result: { rows: 3 } })).toEqual({ result: { rows: 3 } });
  });
});

describe('the brief result of a Storage call', () => {
  it('has 2 KiB of its results', () => {
    expect(briefStorage(storage)).toEqual(storage);
    expect(briefStorage({ ...storage, results: { rows: 3 } })).toEqual({ ...storage, results: { rows: 3 } });
    expect(briefStorage({ ...storage, results: { rows: 3, warnings: ['x'.repeat(3_000)] } })).toEqual({
      ...storage,
      results: { rows: 3 },
      truncated: true,
    });
  });
});
