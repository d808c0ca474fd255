import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, onTestFinished, test } from 'vitest';
import { Watchers } from '../../../src/activities/watch/watchers.js';
import type { CreateOutcome } from '../../../src/job/create/creation.js';
import { Connections } from '../../../src/keboola/connections.js';

const ACCEPTED: CreateOutcome = {
  kind: 'accepted',
  job: { jobId: '1', runId: '1', status: 'created', url: 'http://127.0.0.1:1/1' },
};

test('a creation is answered although the activity has no client of Temporal, or the job would be searched for', async () => {
  const connections = new Connections([{ name: 'default', url: 'http://127.0.0.1:1', token: () => 'x', watch: true }]);
  onTestFinished(() => connections.close());
  const watchers = new Watchers({ connections, searchAttributesRegistered: () => Promise.resolve(true) });
  const answer = await new MockActivityEnvironment().run(() =>
    Promise.resolve().then(() => watchers.answer({ connection: 'default' }, ACCEPTED)),
  );
  expect(answer).toEqual(ACCEPTED);
});
