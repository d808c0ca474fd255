import { expect, it } from 'vitest';
import { listQuery } from '../../../src/keboola/syrup/list-query.js';

it('asks for all jobs with an empty query', () => {
  expect(listQuery({ limit: 5 })).toEqual({ q: '', limit: '5', offset: '0' });
});

it('asks for what lies below a run id, with the dots of the run id as they are', () => {
  expect(listQuery({ belowRunId: '12.34', limit: 1 }).q).toBe('runId:12.34.*');
});

it('asks for whole trees with one query, so that one answer shows all of them', () => {
  const { q } = listQuery({ inRuns: ['1.2', '9'], limit: 1 });
  expect(q).toBe('(runId:"1.2" OR runId:1.2.* OR runId:"9" OR runId:9.*)');
});

it('asks for a configuration of either kind of component', () => {
  const { q } = listQuery({ ofConfig: { component: 'ex-db', config: 'a "b" \\c' }, limit: 1 });
  expect(q).toBe('(params.component:"ex-db" OR component:"ex-db") AND params.config:"a \\"b\\" \\\\c"');
});

it('asks for the jobs of a configuration that have not ended', () => {
  const { q } = listQuery({ ofConfig: { component: 'c', config: '1' }, unfinished: true, limit: 1 });
  expect(q).toMatch(
    / AND params\.config:"1" AND NOT status:\(success OR error OR warning OR terminated OR cancelled\)$/,
  );
});

it('never lets an operator in a run id become a search for other jobs', () => {
  expect(listQuery({ belowRunId: '1 OR *:*', limit: 1 }).q).not.toContain('*:*');
});

it.each(['<=9', '>1'])('never lets %s, which cannot be escaped, become a range of other jobs', (runId) => {
  const { q } = listQuery({ inRuns: [runId], limit: 1 });
  expect(q).toBe(`(runId:"${runId}" OR runId:["${runId}." TO "${runId}/"})`);
});

it('asks for the level directly below a run id without those that are deeper', () => {
  expect(listQuery({ directlyBelowRunId: '12.34', limit: 1 }).q).toBe('runId:12.34.* AND NOT runId:12.34.*.*');
});

it('asks for what runs in a tree, and for one job of it however that has ended, in one answer', () => {
  const { q } = listQuery({ openIn: { runIds: ['1.2'], jobId: '7' }, limit: 1 });
  const over = 'status:(success OR error OR warning OR terminated OR cancelled)';
  expect(q).toBe(`(((runId:"1.2" OR runId:1.2.*) AND NOT ${over}) OR id:7)`);
});

it('asks for a job by a number of any length', () => {
  expect(listQuery({ openIn: { runIds: ['1.2'], jobId: '9007199254740993' }, limit: 1 }).q).toMatch(
    / OR id:9007199254740993\)$/,
  );
});

it.each(['a-1', '1-a'])('asks for the job %s, no number, by its run ids: the index keeps ids as numbers', (jobId) => {
  const { q } = listQuery({ openIn: { runIds: ['1.2'], jobId }, limit: 1 });
  expect(q).toMatch(/ OR runId:"1\.2"\)$/);
});

it('asks for statuses, a lock and other applications than some, each of them quoted', () => {
  const { q } = listQuery({ statuses: ['processing', 'x" OR "y'], lockName: 'a b', notOfApps: ['syrup'], limit: 1 });
  expect(q).toBe('status:("processing" OR "x\\" OR \\"y") AND lockName:"a b" AND NOT component:("syrup")');
});

it('asks for what has ended since a moment by a final status and the whole second of that moment, in UTC', () => {
  const { q } = listQuery({ finishedSince: '2026-01-01T01:00:00.700+01:00', limit: 1 });
  const over = 'status:(success OR error OR warning OR terminated OR cancelled)';
  expect(q).toBe(`${over} AND endTime:["2026-01-01T00:00:00.000Z" TO *]`);
});

it('passes limit and offset as they are', () => {
  expect(listQuery({ limit: 7, offset: 14 })).toMatchObject({ limit: '7', offset: '14' });
});
