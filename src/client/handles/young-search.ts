import type { Client } from '@temporalio/client';
import { jobQuery, type JobSnapshot } from '../../job/messages.js';
import { GRPC, grpcCause } from '../../temporal/grpc-cause.js';
import { idInLink } from '../id-in-link.js';
import { createsJobs, listJobs, type JobRow } from '../list-jobs.js';
import type { OfConnection } from '../of-connection.js';

/** Only the newest workflows are asked: in a namespace without our search attributes, thousands may be candidates. */
const ASKED_MAX = 50;
const ANSWER_MS_MAX = 2_000;

/** A job so young that only its own workflow may know its id yet. */
export interface YoungJob {
  jobId: string;
  /** Keboola's id of the project that the job must be in; undefined for any. */
  project: string | undefined;
}

/**
 * Finds the workflow of a job whose id Temporal's lists do not show yet. A workflow publishes the id at the latest with
 * its first read of the job, and the lists follow a moment later (in a namespace without our search attributes, never).
 * So we query the candidates for it.
 */
export class YoungSearch {
  /** RunIds of other jobs' workflows, which need not be asked again. */
  private readonly others = new Set<string>();

  constructor(
    private readonly client: Client,
    private readonly wanted: YoungJob,
    private readonly of?: OfConnection,
  ) {}

  /**
   * @returns preferably the workflow that created the job, else one that waits for it; undefined also if it does not
   *   answer within two seconds.
   */
  async look(): Promise<JobRow | undefined> {
    const young = (await listYoung(this.client, this.of)).filter(({ runId }) => !this.others.has(runId));
    const asked = await Promise.all(young.map(async (row) => ({ row, isIt: await this.isIt(row) })));
    const found = asked.filter(({ isIt }) => isIt).map(({ row }) => row);
    return found.find(createsJobs) ?? found[0];
  }

  private async isIt({ workflowId, runId }: JobRow): Promise<boolean> {
    const { jobId, project } = this.wanted;
    const { job, page = '' } = (await snapshotOf(this.client, workflowId, runId)) ?? {};
    if (!job) return false;
    const isIt = job.jobId === jobId && (project === undefined || idInLink(page)?.project === project);
    if (!isIt) this.others.add(runId);
    return isIt;
  }
}

async function listYoung(client: Client, of?: OfConnection): Promise<JobRow[]> {
  const running = 'ExecutionStatus = "Running"';
  try {
    return (await listJobs(client, { query: `${running} AND KeboolaJobId IS NULL`, limit: ASKED_MAX }, of)).jobs;
  } catch (error) {
    if (grpcCause(error)?.code !== GRPC.invalidArgument) throw error;
    return (await listJobs(client, { query: running, limit: ASKED_MAX }, of)).jobs;
  }
}

/** A workflow that does not answer, for whatever reason, is found by the lists or not at all. */
async function snapshotOf(client: Client, workflowId: string, runId: string): Promise<JobSnapshot | undefined> {
  const handle = client.workflow.getHandle(workflowId, runId);
  return await client.withDeadline(Date.now() + ANSWER_MS_MAX, () => handle.query(jobQuery)).catch(() => undefined);
}
