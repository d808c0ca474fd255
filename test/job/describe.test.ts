import { expect, test } from 'vitest';
import { detailsMarkdown } from '../../src/job/describe.js';
import type { JobSnapshot } from '../../src/job/messages.js';
import type { RunPlan } from '../../src/job/run-plan.js';

const plan: RunPlan = {
  connection: 'default',
  project: { id: '1134', name: 'Tutorial' },
  component: 'keboola.ex-db-mysql',
  config: 'orders',
  made: { by: 'run', fence: 'run-id' },
  onWarning: 'accept',
  onTerminated: 'cancel',
  onAmbiguousCreate: 'fail',
  children: 'observe',
  searchAttributes: true,
};
const job = { jobId: '5', runId: '900.6', status: 'processing', component: 'keboola.ex-db-mysql' };

test('before anything is known there is only the stage', () => {
  expect(detailsMarkdown(undefined, { stage: 'preparing', polls: 0 }, [])).toBe('**preparing**');
});

test('before the job exists they say what is to run, and where', () => {
  expect(detailsMarkdown(plan, { stage: 'creating', polls: 0 }, [])).toBe(
    '**creating** · keboola.ex-db-mysql / orders · project Tutorial (1134)',
  );
});

test('an inline configuration is left out of the headline', () => {
  const { config, ...inline } = plan;
  expect(detailsMarkdown(inline, { stage: 'creating', polls: 0 }, [])).toBe(
    '**creating** · keboola.ex-db-mysql · project Tutorial (1134)',
  );
});

test('a job is linked, with its status, its reads, its message, a note and its history', () => {
  const snapshot: JobSnapshot = {
    stage: 'waiting',
    polls: 7,
    url: 'https://syrup.keboola.com/queue/job/5',
    page: 'https://connection.keboola.com/admin/projects/1134/jobs/5',
    job: { ...job, message: 'half way' },
    note: 'Keboola has given no usable answer for 3 min',
  };
  const statusesSeen = [
    { status: 'waiting', time: '2026-01-01T00:00:00.000Z' },
    { status: 'processing', time: '2026-01-01T00:00:02.000Z' },
  ];
  expect(detailsMarkdown(plan, snapshot, statusesSeen)).toBe(
    [
      '**processing** · job [5](https://connection.keboola.com/admin/projects/1134/jobs/5) · keboola.ex-db-mysql / orders · ' +
        'project Tutorial (1134) · 7 reads · half way',
      'Keboola has given no usable answer for 3 min',
      '- 2026-01-01T00:00:00.000Z waiting\n- 2026-01-01T00:00:02.000Z processing',
    ].join('\n\n'),
  );
});

test('nothing of what Keboola says is obeyed as Markdown', () => {
  const evil = '[open](https://evil.example)';
  const snapshot: JobSnapshot = {
    stage: 'waiting',
    polls: 1,
    job: { ...job, status: evil, message: `x\n\n# All is well\n${evil}\n\n!${evil}` },
    note: `# ${evil}`,
    children: { jobs: 1, counts: { [evil]: 1 } },
  };
  const project = { id: '1134', name: evil };
  const details = detailsMarkdown({ ...plan, project, warnings: [evil] }, snapshot, [{ status: evil, time: 'now' }]);
  const plain = String.raw`[open\](https://evil.example)`;
  expect(details).toBe(
    [
      `**${plain}** · job 5 · keboola.ex-db-mysql / orders · project ${plain} (1134) · 1 read · ` +
        `x # All is well ${plain} !${plain}`,
      String.raw`\# ${plain}`,
      `Warning: ${plain}`,
      `1 child job: 1 ${plain}`,
      `- now ${plain}`,
    ].join('\n\n'),
  );
});

test('what the author may have overlooked is told', () => {
  const details = detailsMarkdown({ ...plan, warnings: ['No values.'] }, { stage: 'waiting', polls: 1, job }, []);
  expect(details).toContain('\n\nWarning: No values.');
});

test('a job of which no page is known is linked to its document', () => {
  const snapshot: JobSnapshot = { stage: 'waiting', polls: 1, job, url: 'https://k.test/v2/storage/jobs/5' };
  expect(detailsMarkdown(plan, snapshot, [])).toContain('job [5](https://k.test/v2/storage/jobs/5) ·');
});

test('a job without an address is named by its id', () => {
  expect(detailsMarkdown(plan, { stage: 'waiting', polls: 1, job }, [])).toContain('· job 5 ·');
});

test('one read and one child job are not told as several', () => {
  const children = { jobs: 1, counts: { success: 1 } };
  const details = detailsMarkdown(plan, { stage: 'waiting', polls: 1, job, children }, []);
  expect(details).toContain(' · 1 read\n\n1 child job: ');
});

test.each([
  [{ bytes: 12_345_678, rows: 2 }, '\n\nCSV: 12.3 MB, 2 rows'],
  [{ bytes: 9, rows: 1 }, '\n\nCSV: 9 bytes, 1 row'],
  [{ bytes: 9 }, '\n\nCSV: 9 bytes'],
  [{ rows: 2 }, ''],
])('how large a table is that was moved is told once it is known: %j', (moved, text) => {
  const call = { method: 'POST', path: 'tables/in.c-main.orders/import-async' } as const;
  const details = detailsMarkdown(plan, { stage: 'creating', polls: 0 }, [], { call, ...moved });
  expect(details).toBe(`**creating** · keboola.ex-db-mysql / orders · project Tutorial (1134)${text}`);
});
