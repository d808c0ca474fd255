import { z } from 'zod';
import type { CallActionInput, ResolveConfigurationInput, Statistics, StatisticsInput } from '../../job/questions.js';
import { ANSWER_MS_MAX } from '../../job/times/requests.js';
import type { InputProblem } from '../../input/input-problem.js';
import { decode } from '../http/decode.js';
import type { ActionApi, PreparedAction } from '../jobs/action-api.js';
import type { AdapterDeps } from '../jobs/adapters.js';
import { prepareAction } from '../jobs/prepare-action.js';
import { componentAbove } from './component-above.js';
import { componentKind } from './component-path.js';
import { actionPath } from './run-route.js';
import { serviceUrl } from '../http/service-url.js';

const DEFAULT_OFFSET = '+00:00';

/** Synchronous calls of Keboola's docker application, and the components to which the paths of other calls belong. */
export class SyrupActionApi implements ActionApi {
  constructor(private readonly deps: AdapterDeps) {}

  async problemOf({ component }: Pick<CallActionInput, 'component'>): Promise<InputProblem | undefined> {
    if (componentKind(component, await this.componentUri(component)) === 'docker') return undefined;
    const message = `"${component}" is a native application, and only docker components have synchronous actions`;
    return { path: 'component', message };
  }

  async prepareAction(call: CallActionInput): Promise<PreparedAction> {
    const { http, services, connection } = this.deps;
    // Without a service for actions, Syrup itself answers them.
    const url = serviceUrl(
      services.actions ?? services.jobs,
      actionPath(call, await this.componentUri(call.component)),
    );
    const body = { configData: call.configData ?? {} };
    return await prepareAction(http, { url, token: connection.token(), body });
  }

  async componentAbove(path: string): Promise<{ id: string } | { missing: string }> {
    return await componentAbove(this.deps.components, path);
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

  async resolve(wanted: ResolveConfigurationInput & { version: number }): Promise<unknown> {
    const { component, config, version, branchId, variableValuesId, variableValuesData } = wanted;
    const branch = branchId === undefined ? '' : `branch/${encodeURIComponent(branchId)}/`;
    const url = serviceUrl(this.deps.services.jobs, `/docker/${branch}configuration/resolve`);
    const body = { componentId: component, configId: config, configVersion: version };
    const variables = {
      ...(variableValuesId !== undefined && { variableValuesId }),
      ...(variableValuesData !== undefined && { variableValuesData }),
    };
    const request = { method: 'POST', url, token: this.deps.connection.token(), timeoutMs: ANSWER_MS_MAX } as const;
    return (await this.deps.http.send({ ...request, body: { ...body, ...variables } })).json;
  }

  /** @returns undefined if neither the project nor the stack has the component. */
  private async componentUri(component: string): Promise<string | undefined> {
    return (await this.deps.components.find(component))?.uri;
  }

  private async get<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> {
    const url = serviceUrl(this.deps.services.jobs, path);
    const answer = await this.deps.http.send({
      method: 'GET',
      url,
      token: this.deps.connection.token(),
      timeoutMs: ANSWER_MS_MAX,
    });
    return decode(schema, answer.json, 'GET', url);
  }
}

const Total = z.object({ jobs: z.object({ durationSum: z.coerce.number() }) });
const DAYS_MAX = 10_000;
const Daily = z.object({
  jobs: z.array(z.object({ date: z.string(), durationSum: z.coerce.number() })).max(DAYS_MAX),
});
