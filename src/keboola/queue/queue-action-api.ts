import { z } from 'zod';
import type { CallActionInput, Statistics, StatisticsInput } from '../../job/questions.js';
import type { InputProblem } from '../../input/input-problem.js';
import type { BudgetedHttp } from '../http/budgeted-http.js';
import { decode } from '../http/decode.js';
import { serviceUrl } from '../http/service-url.js';
import type { ActionApi, PreparedAction } from '../jobs/action-api.js';
import { prepareAction } from '../jobs/prepare-action.js';
import { UnsupportedQuestion } from '../jobs/unsupported-question.js';
import type { Services } from '../project/discover.js';
import type { QueueHttp } from './queue-http.js';

const NO_CALLS =
  'this project runs its jobs on Queue v2, which has no calls of components that make a job; use "runJob"';
const NO_DAYS = 'Queue v2 tells of all time alone; leave "fromDate" and "toDate" out';
const NO_ACTIONS = 'this stack has no service for synchronous actions; jobs run there all the same';
const UNUSABLE = 'the service of this stack for synchronous actions cannot be used; jobs run there all the same.';
const NO_RESOLVE = 'Queue v2 cannot be asked for a configuration with its variables filled in';

const Total = z.object({ jobs: z.object({ durationSum: z.coerce.number() }) });

/** Synchronous actions, by the service `sync-actions`, and the little that the queue service offers besides jobs. */
export class QueueActionApi implements ActionApi {
  constructor(
    private readonly queue: QueueHttp,
    private readonly http: BudgetedHttp,
    private readonly services: Omit<Services, 'jobs'>,
    private readonly token: () => string,
  ) {}

  get missing(): string | undefined {
    const { actions, noActions } = this.services;
    if (actions !== undefined) return undefined;
    return noActions === undefined ? NO_ACTIONS : `${UNUSABLE} ${noActions.replace(/\.$/, '')}`;
  }

  problemOf(): Promise<InputProblem | undefined> {
    const { missing } = this;
    return Promise.resolve(missing === undefined ? undefined : { path: 'action', message: missing });
  }

  /** `POST /actions` (keboola/sync-actions-api-php-client). */
  async prepareAction({ component, action, configData = {}, branchId }: CallActionInput): Promise<PreparedAction> {
    const { actions } = this.services;
    if (actions === undefined) throw new UnsupportedQuestion(this.missing ?? NO_ACTIONS);
    const url = serviceUrl(actions, '/actions');
    const body = { componentId: component, action, configData, ...(branchId !== undefined && { branchId }) };
    return await prepareAction(this.http, { url, token: this.token(), body });
  }

  componentAbove(): Promise<{ missing: string }> {
    return Promise.resolve({ missing: NO_CALLS });
  }

  async statistics({ fromDate, toDate }: StatisticsInput): Promise<Statistics> {
    if (fromDate !== undefined || toDate !== undefined) throw new UnsupportedQuestion(NO_DAYS);
    const url = this.queue.url('/stats/project');
    const { jobs } = decode(Total, (await this.queue.get(url)).json, 'GET', url);
    return { durationSeconds: jobs.durationSum };
  }

  resolve(): Promise<never> {
    return Promise.reject(new UnsupportedQuestion(NO_RESOLVE));
  }
}
