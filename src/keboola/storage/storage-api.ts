import type { z } from 'zod';
import type { CreatedJob } from '../../job/create/creation.js';
import { JOB_ID } from '../../job/job-id.js';
import { MalformedJob } from '../jobs/malformed-job.js';
import type { BudgetedHttp } from '../http/budgeted-http.js';
import type { Connection } from '../connection/connection.js';
import { decode } from '../http/decode.js';
import { protocolError } from '../http/protocol-error.js';
import type { KeboolaAnswer, KeboolaRequest } from '../http/exchange.js';
import type { FoundJobs, JobDocument, PreparedCreate } from '../jobs/job-api.js';
import { JobDocuments, readableJobs, readOwnJob } from '../jobs/job-documents.js';
import type { Since } from '../../job/create/stamped-since.js';
import type { Priority } from '../http/priority.js';
import { findByRunId, type StoragePage } from './find-by-run-id.js';
import { alwaysMakesJob, AnsweredWithoutJob, outcomeOfFailedCall } from './storage-outcome.js';
import { toStorageJobView } from './storage-job-view.js';
import type { SentCall } from '../../job/storage/remote-steps.js';
import { ANSWER_MS_MAX, POST_MS_MAX } from '../../job/times/requests.js';

/** Storage answers at once, but a proxy before it may be slow. */
const CREATE_MS_MAX = POST_MS_MAX;
const ACCEPTED = 202;

/** Storage's API at the configured origin. Every method but `findByRunId` makes one exchange; none retries. */
export class StorageApi {
  constructor(
    private readonly http: BudgetedHttp,
    private readonly connection: Connection,
  ) {}

  /** Does everything that comes before the call, so that a failure here proves that nothing was sent. */
  async prepareCall({ method, path, body, runId }: SentCall): Promise<PreparedCreate> {
    const url = this.url(path);
    const request: KeboolaRequest = {
      method,
      url,
      token: this.connection.token(),
      runId,
      timeoutMs: CREATE_MS_MAX,
      ...(body && { body }),
    };
    await this.http.reserveCreation();
    return {
      send: async () => this.accepted(request, await this.http.sendCreation(request)),
      outcomeOf: outcomeOfFailedCall,
    };
  }

  /** Reads a job by id, which is always up to date. */
  async job(jobId: string, signal?: AbortSignal): Promise<JobDocument> {
    const url = this.url(`jobs/${encodeURIComponent(jobId)}`);
    const { json, serverTime } = await this.get(url, 'read', signal);
    const view = readOwnJob(json, toStorageJobView, jobId, url);
    return { view, ...(serverTime && { serverTime }) };
  }

  /** Looks for jobs with a RunId. @param since stop at jobs that are certainly older, if known. */
  async findByRunId(runId: string, since: Since | undefined): Promise<FoundJobs> {
    return await findByRunId((limit, offset) => this.jobs(limit, offset), runId, since);
  }

  /** @throws KeboolaError, of kind `not-found` if Storage does not have it. */
  async read<T extends z.ZodType>(schema: T, path: string, signal?: AbortSignal): Promise<z.output<T>> {
    const url = this.url(path);
    const { json } = await this.get(url, 'read', signal);
    return decode(schema, json, 'GET', url);
  }

  /** Makes a call that is answered at once and may safely be repeated. */
  async ask<T extends z.ZodType>(schema: T, call: SentCall, signal?: AbortSignal): Promise<z.output<T>> {
    const { method, path, body, runId } = call;
    const url = this.url(path);
    const token = this.connection.token();
    const request = {
      method,
      url,
      token,
      runId,
      timeoutMs: ANSWER_MS_MAX,
      ...(body && { body }),
      ...(signal && { signal }),
    };
    const { json } = await this.http.send(request, 'create');
    return decode(schema, json, method, url);
  }

  /** Makes a synchronous deletion. @throws KeboolaError, even for a success without a body: then its status is 204. */
  async deleteAtOnce(path: string, signal: AbortSignal): Promise<void> {
    const [url, token] = [this.url(path), this.connection.token()];
    await this.http.send({ method: 'DELETE', url, token, timeoutMs: ANSWER_MS_MAX, signal }, 'create');
  }

  /** The address of a job at its configured origin. */
  jobUrl(jobId: string): string {
    return this.url(`jobs/${encodeURIComponent(jobId)}`).href;
  }

  private async jobs(limit: number, offset: number): Promise<StoragePage> {
    const url = this.url('jobs');
    for (const [name, value] of Object.entries({ limit, offset })) url.searchParams.set(name, String(value));
    const { json, serverTime } = await this.get(url, 'search');
    const documents = decode(JobDocuments, json, 'GET', url);
    const jobs = readableJobs(documents, toStorageJobView);
    return { jobs, documents: documents.length, ...(serverTime && { serverTime }) };
  }

  private accepted({ method, url }: KeboolaRequest, { status, json }: KeboolaAnswer): CreatedJob {
    try {
      const view = toStorageJobView(json);
      if (!JOB_ID.test(view.jobId)) throw new MalformedJob('id');
      return { jobId: view.jobId, status: view.status, url: this.jobUrl(view.jobId) };
    } catch (error) {
      if (!(error instanceof MalformedJob)) throw error;
      if (status === ACCEPTED || alwaysMakesJob(url.pathname)) throw protocolError(method, url, error.message, status);
      const answer = `${method} ${url.pathname} answered ${status} without a job (${error.message})`;
      throw new AnsweredWithoutJob(`${answer}: it is not asynchronous, and it may have been carried out.`);
    }
  }

  private async get(url: URL, priority: Priority, signal?: AbortSignal): Promise<KeboolaAnswer> {
    const token = this.connection.token();
    const request = { method: 'GET', url, token, timeoutMs: ANSWER_MS_MAX, ...(signal && { signal }) } as const;
    return await this.http.send(request, priority);
  }

  private url(path: string): URL {
    const [route = '', query = ''] = path.split('?');
    // The path is assigned, not resolved: resolving one that begins with two slashes would lead to another host.
    const url = new URL(this.connection.origins.base.origin);
    url.pathname = `/v2/storage/${route}`;
    url.search = query;
    return url;
  }
}
