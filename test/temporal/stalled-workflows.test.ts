import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkStalled } from '../../src/cli/doctor/doctor-checks.js';
import { findStalledWorkflows } from '../../src/temporal/stalled-workflows.js';
import { authorsBundle } from '../support/authors-bundle.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { eventually } from '../support/eventually.js';
import { openJobLab, scripted, type JobLab } from '../support/job-lab.js';

let server: SharedDevServer;
let lab: JobLab;

beforeAll(async () => {
  server = await connectToDevServer();
  lab = await openJobLab(server, { worker: { workflowBundle: await authorsBundle() } });
});
afterAll(async () => {
  await lab.close();
  await server.close();
});

describe('a workflow that stands still', () => {
  it('is named with its reason, and no other is', async () => {
    const healthy = await lab.start(scripted({ durationSeconds: 3_600 }));
    const refused = await lab.start(undefined, undefined, 'writesUnknownAttribute');
    const unknown = await lab.start(undefined, undefined, 'nobodyHasThis');
    const found = await eventually(async () => {
      const answer = await findStalledWorkflows(lab.temporal, lab.taskQueue);
      expect(answer).toMatchObject({ looked: 3, more: false });
      expect(answer.stalled).toHaveLength(2);
      return answer.stalled;
    });
    expect(found).toContainEqual({
      workflowId: refused.workflowId,
      byAttributes: true,
      message: expect.stringContaining('NobodyKnowsThis') as string,
    });
    expect(found).toContainEqual(expect.objectContaining({ workflowId: unknown.workflowId, byAttributes: false }));
    await expect(checkStalled(lab.temporal, lab.taskQueue)).rejects.toMatchObject({
      message: expect.stringContaining(`2 of 3 running workflows are stuck: `) as string,
      advice: expect.stringMatching(
        /keboola-temporal setup.*temporal workflow reset .*--type FirstWorkflowTask/,
      ) as string,
    });
    await Promise.all([healthy, refused, unknown].map((handle) => handle.terminate()));
  });
});
