import { expect, it } from 'vitest';
import { prepareRun } from '../../../src/activities/prepare/prepare-run.js';
import { openActivityLab, type ActivityLab } from '../../support/activity-lab.js';

const plan = (lab: ActivityLab, input: object): Promise<unknown> => lab.run<unknown, unknown>(prepareRun, input);

it('a job of a row is planned, with a warning, although Keboola answers the look at the rows with a fault of its own', async () => {
  const lab = await openActivityLab();
  lab.sandbox.faults.add({ route: 'configurationRows', status: 502, times: 'always' });
  const answer = await plan(lab, { component: 'keboola.ex-http', config: 'success', rows: ['7'] });
  expect(answer).toMatchObject({
    component: 'keboola.ex-http',
    warnings: [expect.stringMatching(/^could not check whether the rows exist; .* answered 502/)],
  });
});

it('a Keboola that is not reached is waited for: it could not create the job either', async () => {
  const lab = await openActivityLab();
  lab.sandbox.faults.add({ route: 'configurationRows', reset: 'before', times: 'always' });
  const answer = await plan(lab, { component: 'keboola.ex-http', config: 'success', rows: ['7'] });
  expect(answer).toMatchObject({ kind: 'no-answer' });
});
