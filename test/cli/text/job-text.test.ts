import { describe, expect, it } from 'vitest';
import { resultText } from '../../../src/cli/text/job-text.js';
import type { JobResult } from '../../../src/job/result.js';
import { endedJob } from '../../support/ended-job.js';

function failed(jobId: string, message: string, children: JobResult[] = []): JobResult {
  return endedJob(jobId, { status: 'error', message, children, childrenComplete: true });
}

describe('the text about a job that has failed by the jobs below it', () => {
  it('has their own words, those of the lowest alone', () => {
    const row = failed('12', 'Row nope not found.');
    const text = resultText(
      failed('1', '1 of 2 child jobs failed.', [endedJob('11'), failed('2', '1 of 1 failed.', [row])]),
    );
    expect(text).toContain(
      '1 of 2 child jobs failed.\n3 jobs below: 1 success, 2 error\n  job 12: Row nope not found.\n',
    );
    expect(text).not.toContain('1 of 1 failed.');
  });

  it('has their own words also where Keboola calls it a warning, as it does of an orchestration', () => {
    const text = resultText(endedJob('1', { status: 'warning', children: [failed('2', 'Row nope not found.')] }));
    expect(text).toContain('\n  job 2: Row nope not found.\n');
  });

  it('has those of five, and how many more there are', () => {
    const rows = Array.from({ length: 7 }, (_, at) => failed(`1${at}`, `Row ${at} not found.`));
    const text = resultText(failed('1', '7 of 7 child jobs failed.', rows));
    expect(text.match(/Row \d not found/g)).toHaveLength(5);
    expect(text).toContain('\n  and 2 more\n');
  });

  it('has their own words also below a success, which a flow may be by a condition or by its last phase', () => {
    const text = resultText(
      endedJob('1', { status: 'success', children: [endedJob('3'), failed('2', 'It was let fail.')] }),
    );
    expect(text).toContain('\n2 jobs below: 1 success, 1 error, perhaps more\n  job 2: It was let fail.\n');
  });
});

describe('the text about a flow', () => {
  const tasks = [
    { id: 'a', name: 'Orders', status: 'error', jobId: '12' },
    { id: 'b', name: 'b', status: 'terminated' },
    { id: 'c', status: 'success' },
    { id: 'd', status: 'warning' },
    { id: 'e' },
  ];

  it('names those of its tasks that have failed or were stopped, whatever it ended as', () => {
    const text = resultText(endedJob('1', { details: { tasks } }));
    expect(text).toContain('\n  task a (Orders): error · job 12\n  task b: terminated\n');
    expect(text.match(/ {2}task /g)).toHaveLength(2);
  });

  it('names five, and how many more there are', () => {
    const many = Array.from({ length: 7 }, (_, at) => ({ id: `t${at}`, status: 'error' }));
    const text = resultText(endedJob('1', { status: 'error', details: { tasks: many } }));
    expect(text).toContain('\n  task t4: error\n  and 2 more\n');
  });
});
