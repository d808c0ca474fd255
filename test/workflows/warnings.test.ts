import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobResult } from '../../src/job/result.js';
import { resultText } from '../../src/cli/text/job-text.js';
import { connectToDevServer, type SharedDevServer } from '../support/dev-server.js';
import { COMPONENT, FOREIGN_DIALECTS } from '../support/foreign-jobs.js';
import { openJobLab, type JobLab } from '../support/job-lab.js';

const OVERLOOKED = expect.stringContaining('neither variableValuesId nor variableValuesData') as string;

let server: SharedDevServer;

beforeAll(async () => {
  server = await connectToDevServer();
});
afterAll(() => server.close());

describe.each(FOREIGN_DIALECTS)('variables without values, on $name', (dialect) => {
  let lab: JobLab;

  beforeAll(async () => {
    lab = await openJobLab(server, { token: dialect.token, speed: 20 });
  });
  afterAll(() => lab.close());

  const input = { component: COMPONENT, configData: { variables_id: '12' } };

  it('are a warning in the result and in the current details, and the job runs', async () => {
    const handle = await lab.start(input);
    const result = (await handle.result()) as JobResult;
    expect(result).toMatchObject({ status: 'success', warnings: [OVERLOOKED] });
    expect(resultText(result)).toContain('Warning: the configuration has variables');
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toContain('Warning: the configuration has variables');
  });

  it('are none once values are given', async () => {
    const values = { variableValuesData: { values: [{ name: 'day', value: 'Monday' }] } };
    const result = (await (await lab.start({ ...input, ...values })).result()) as JobResult;
    expect(result).not.toHaveProperty('warnings');
  });
});
