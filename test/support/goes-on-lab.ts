import type { RetryPolicy } from '@temporalio/common';
import type { WorkflowHandle } from '@temporalio/client';
import { authorsBundle } from './authors-bundle.js';
import { connectToDevServer, type SharedDevServer } from './dev-server.js';
import { openJobLab, type JobLab, type LabOptions } from './job-lab.js';

/** What a run hands on to the next one, without the wait that would have filled its history. */
export interface HandedOn {
  workflowType: string;
  input: unknown;
  carried: unknown;
  retry?: RetryPolicy;
}

/** A lab on the dev server, in whose worker a workflow of ours can go on from another run with any state. */
export interface GoesOnLab {
  server: SharedDevServer;
  lab: JobLab;
  goesOn(handedOn: HandedOn): Promise<WorkflowHandle>;
  close(): Promise<void>;
}

export async function openGoesOnLab(options: Pick<LabOptions, 'tracing'> = {}): Promise<GoesOnLab> {
  const server = await connectToDevServer();
  const lab = await openJobLab(server, { ...options, worker: { workflowBundle: await authorsBundle() } });
  return {
    server,
    lab,
    goesOn: ({ workflowType, input, carried, retry }) =>
      server.client.workflow.start('goesOnAs', {
        workflowId: server.unique('goes-on'),
        taskQueue: lab.taskQueue,
        args: [workflowType, input, carried],
        ...(retry && { retry }),
      }),
    async close() {
      await lab.close();
      await server.close();
    },
  };
}
