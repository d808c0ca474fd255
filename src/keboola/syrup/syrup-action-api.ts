import { z } from 'zod';
import type { CallActionInput, ResolveConfigurationInput, Statistics, StatisticsInput } from '../../job/questions.js';
import type { BudgetedHttp } from '../http/budgeted-http.js';
import { decode } from '../http/decode.js';
import type { Services } from '../project/stack-index.js';
import { actionPath } from './run-route.js';
import { syrupUrl } from './syrup-url.js';

/**
 * A component has 45 s (keboola/docker-bundle `ActionController.php`); the download of its image is not counted, and
 * takes as long again at worst.
 */
const ACTION_TIMEOUT_MS = 90_000;
const TIMEOUT_MS = 30_000;
const DEFAULT_OFFSET = '+00:00';

/** A synchronous action that is ready to be called. */
export interface PreparedAction {
  /** Makes the one call. It is not repeated on any failure. @returns what the component has answered. */
  send(): Promise<unknown>;
}

/** What Keboola's docker application answers at once, without a job. Every call throws a `KeboolaError` when it fails. */
export class DockerApi {
  constructor(
    private readonly http: BudgetedHttp,
    private readonly services: Services,
    private readonly token: () => string,
  ) {}

  /** Does all that must happen before the call, so that a failure here proves that nothing was called. */
  async prepareAction(call: CallActionInput, componentUri: string): Promise<PreparedAction> {
    const url = syrupUrl(this.services.actions, actionPath(call, componentUri));
    const token = this.token();
    await this.http.reserve('create');
    const body = { configData: call.configData ?? {} };
    return {
      send: async () => {
        const request = { method: 'POST', url, token, body, timeoutMs: ACTION_TIMEOUT_MS } as const;
        return (await this.http.sendReserved(request)).json;
      },
    };
  }

  async statistics({ fromDate, toDate, timezoneOffset = DEFAULT_OFFSET }: StatisticsInput): Promise<Statistics> {
    if (fromDate === undefined || toDate === undefined) {
      const { jobs } = await this.get('/docker/stats/project', Total);
      return { durationSeconds: jobs.durationSum };
    }
    const days = new URLSearchParams({ fromDate, toDate, timezoneOffset });
    const { jobs } = await this.get(`/docker/stats/project/daily?${days.toString()}`, Daily);
    return {
      durationSeconds: jobs.reduce((total, { durationSum }) => total + durationSum, 0),
      days: jobs.map(({ date, durationSum }) => ({ date, durationSeconds: durationSum })),
    };
  }

  /** A stored configuration with its variables filled in. */
  async resolve(wanted: ResolveConfigurationInput & { version: number }): Promise<unknown> {
    const { component, config, version, branchId, variableValuesId, variableValuesData } = wanted;
    const branch = branchId === undefined ? '' : `branch/${encodeURIComponent(branchId)}/`;
    const url = syrupUrl(this.services.syrup, `/docker/${branch}configuration/resolve`);
    const body = { componentId: component, configId: config, configVersion: version };
    const variables = {
      ...(variableValuesId !== undefined && { variableValuesId }),
      ...(variableValuesData !== undefined && { variableValuesData }),
    };
    const request = { method: 'POST', url, token: this.token(), timeoutMs: TIMEOUT_MS } as const;
    return (await this.http.send({ ...request, body: { ...body, ...variables } })).json;
  }

  private async get<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> {
    const url = syrupUrl(this.services.syrup, path);
    const answer = await this.http.send({ method: 'GET', url, token: this.token(), timeoutMs: TIMEOUT_MS });
    return decode(schema, answer.json, 'GET', url);
  }
}

const Total = z.object({ jobs: z.object({ durationSum: z.coerce.number() }) });
const DAYS_MAX = 10_000;
const Daily = z.object({
  jobs: z.array(z.object({ date: z.string(), durationSum: z.coerce.number() })).max(DAYS_MAX),
});
