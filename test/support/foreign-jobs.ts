import type { WorkflowHandle } from '@temporalio/client';
import { expect } from 'vitest';
import type { JobSnapshot } from '../../src/job/messages.js';
import { QUEUE_V2, SYRUP, type Dialect } from './dialects.js';
import { eventually } from './eventually.js';
import type { JobLab } from './job-lab.js';

/** What somebody else runs, without Temporal; a script makes it last. */
export interface Elsewhere {
  config?: string;
  script?: Record<string, unknown>;
  branchId?: string;
  runId?: string;
}

/** How somebody else starts jobs in a project of one dialect. */
export interface ForeignDialect extends Dialect {
  /** What the token is called. */
  owner: string;
  request: (elsewhere: Elsewhere) => { path: string; body: object };
}

export const COMPONENT = 'keboola.ex-http';

export const ON_SYRUP: ForeignDialect = {
  ...SYRUP,
  owner: 'ondrej.popelka@keboola.com',
  request: ({ branchId, ...elsewhere }) => ({
    path: `/docker/${branchId === undefined ? '' : `branch/${branchId}/`}${COMPONENT}/run`,
    body: scriptOf(elsewhere),
  }),
};

export const ON_QUEUE: ForeignDialect = {
  ...QUEUE_V2,
  owner: 'queue@keboola.com',
  request: ({ branchId, ...elsewhere }) => ({
    path: '/jobs',
    body: { component: COMPONENT, ...scriptOf(elsewhere), ...(branchId !== undefined && { branchId }) },
  }),
};

export const FOREIGN_DIALECTS: readonly ForeignDialect[] = [ON_SYRUP, ON_QUEUE];

/** @returns the id of the job, which has been accepted. */
export async function startElsewhere(
  { sandbox }: Pick<JobLab, 'sandbox'>,
  { token, request }: ForeignDialect,
  elsewhere: Elsewhere = {},
): Promise<string> {
  const { path, body } = request(elsewhere);
  const answer = await fetch(`${sandbox.url}${path}`, {
    method: 'POST',
    headers: {
      'x-storageapi-token': token,
      'content-type': 'application/json',
      ...(elsewhere.runId !== undefined && { 'x-kbc-runid': elsewhere.runId }),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`a job elsewhere was answered by ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

/** A workflow that waits for somebody else's job says so in these words among others. */
export async function saysMeanwhile(handle: WorkflowHandle, ...words: string[]): Promise<void> {
  await eventually(async () => {
    const { note } = await handle.query<JobSnapshot>('job');
    for (const one of words) expect(note).toContain(one);
  });
}

/** A job as its dialect shows it by its id. */
export async function documentOf(
  { sandbox }: Pick<JobLab, 'sandbox'>,
  { documentPath, token }: Dialect,
  jobId: string,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${sandbox.url}${documentPath(jobId)}`, { headers: { 'x-storageapi-token': token } });
  return (await answer.json()) as Record<string, unknown>;
}

function scriptOf({ config = 'success', script }: Elsewhere): object {
  return { config, ...(script && { configData: { parameters: { sandbox: script } } }) };
}
