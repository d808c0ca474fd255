import { ANSWER_MS_MAX, POST_MS_MAX } from '../../job/times/requests.js';
import type { BudgetedHttp } from '../http/budgeted-http.js';
import type { KeboolaAnswer, KeboolaRequest } from '../http/exchange.js';
import type { Priority } from '../http/priority.js';
import { serviceUrl } from '../http/service-url.js';

/**
 * During a creation, the server asks several services and draws the job's id, and may wait for each
 * (keboola/job-queue-internal-api-php-client `JobRuntimeResolver`, `NewJobFactory`).
 */
const CREATE_MS_MAX = POST_MS_MAX;

/** Sends the requests of one project to the service `queue`. */
export class QueueHttp {
  constructor(
    private readonly http: BudgetedHttp,
    private readonly base: URL,
    private readonly token: () => string,
  ) {}

  async get(
    url: URL,
    { priority = 'read', signal }: { priority?: Priority; signal?: AbortSignal } = {},
  ): Promise<KeboolaAnswer> {
    const request = {
      method: 'GET',
      url,
      token: this.token(),
      timeoutMs: ANSWER_MS_MAX,
      ...(signal && { signal }),
    } as const;
    return await this.http.send(request, priority);
  }

  async kill(url: URL): Promise<void> {
    await this.http.send({ method: 'POST', url, token: this.token(), timeoutMs: ANSWER_MS_MAX }, 'stop');
  }

  /** Reserves room in the budget for a creation, so that a failure here proves that nothing was sent. */
  async prepareCreate(
    body: unknown,
    runId: string | undefined,
  ): Promise<{ url: URL; send: () => Promise<KeboolaAnswer> }> {
    const url = this.url('/jobs');
    const request: KeboolaRequest = {
      method: 'POST',
      url,
      token: this.token(),
      body,
      timeoutMs: CREATE_MS_MAX,
      ...(runId !== undefined && { runId }),
    };
    await this.http.reserveCreation();
    return { url, send: () => this.http.sendCreation(request) };
  }

  url(path: string, query?: URLSearchParams): URL {
    return serviceUrl(this.base, query === undefined ? path : `${path}?${query.toString()}`);
  }
}
