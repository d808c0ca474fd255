import { describe, expect, it } from 'vitest';
import { connectionConflicts, conflictText } from '../../src/client/worker-conflicts.js';
import type { ConnectionReport, WorkerDescription } from '../../src/job/questions.js';

const URL = 'https://connection.keboola.com';

function report(name: string, id?: string, url = URL): ConnectionReport {
  return { name, url, ...(id !== undefined && { project: { id, name: `p${id}` } }) };
}

function worker(identity: string, ...connections: ConnectionReport[]): WorkerDescription {
  return { identity, connections };
}

describe('workers of one task queue', () => {
  it.each([
    ['one alone', [worker('a', report('default', '1'))]],
    ['alike', [worker('a', report('default', '1')), worker('b', report('default', '1'))]],
    ['one that cannot look now', [worker('a', report('default', '1')), worker('b', report('default'))]],
  ])('do not contradict each other: %s', (_, workers) => {
    expect(connectionConflicts(workers)).toEqual([]);
  });

  it('contradict each other where a name leads to two projects, also to those of one number on two stacks', () => {
    const [one, two] = [worker('a', report('default', '1')), worker('b', report('default', '1', 'https://x.eu'))];
    expect(connectionConflicts([one, two]).map(conflictText)).toEqual([
      `connection "default" leads to project 1 at ${URL} on a, project 1 at https://x.eu on b: a job may run in either`,
    ]);
  });

  it('contradict each other where one lacks a connection, but not where it has too many to tell', () => {
    const [one, two] = [worker('a', report('default', '1')), worker('b')];
    expect(connectionConflicts([one, two]).map(conflictText)).toEqual([
      'connection "default" is unknown to b: jobs that reach it fail',
    ]);
    expect(connectionConflicts([one, { ...two, connectionsLeft: 3 }])).toEqual([]);
  });
});
