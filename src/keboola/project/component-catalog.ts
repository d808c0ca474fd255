import { z } from 'zod';
import { asList } from '../../job/text/document-fields.js';
import type { WhatToRun } from '../../job/create/creation.js';
import { ANSWER_MS_MAX } from '../../job/times/requests.js';
import { Cached } from '../cached/cached.js';
import { missingRows, missingValues } from './configuration-rows.js';
import { contentFacts, findComponent, listComponents, type Component, type ContentFacts } from './components.js';
import { missingTasks } from './flow-tasks.js';
import type { Connection } from '../connection/connection.js';
import { decode } from '../http/decode.js';
import type { Sender } from '../http/exchange.js';
import type { InputProblem } from '../../input/input-problem.js';
import { didYouMean, nearestId } from '../../input/nearest-id.js';
import type { Variables } from './variables.js';
import { steadyMs } from '../http/steady-ms.js';

/** Components change rarely; a new one shows within this time. */
const LIFETIME_MS = 5 * 60_000;
/** A component that the project's list lacks is asked for by id, and cached for this long. */
const FOUND_LIFETIME_MS = 60_000;
const FOUND_MAX = 1_000;
/** Before a configuration is refused, the list is read anew; refusals within this time share one read. */
const RECENT_LIFETIME_MS = 2_000;

/** What a project knows about components and their configurations, with suggestions for ids that it does not know. */
export class ComponentCatalog {
  private readonly project: Cached<Component[]>;
  private readonly recent: Cached<Component[]>;
  private readonly stack: Cached<string[]>;
  private readonly found = new Map<string, Cached<Component | undefined>>();

  constructor(
    private readonly http: Sender,
    private readonly connection: Connection,
  ) {
    this.project = new Cached(() => this.fresh(), LIFETIME_MS, steadyMs, true);
    this.recent = new Cached(() => this.fresh(), RECENT_LIFETIME_MS);
    this.stack = new Cached(() => stackIds(http, connection), LIFETIME_MS);
  }

  /** The components that have a configuration in the project, without the cache. */
  async fresh(): Promise<Component[]> {
    return await listComponents(this.http, this.connection);
  }

  /** @returns undefined if neither the project nor the stack has the component. */
  async find(id: string): Promise<Component | undefined> {
    const known = (await this.project.get()).find((component) => component.id === id);
    return known ?? (await this.elsewhere(id));
  }

  /** @returns undefined if the component exists, else a sentence with the nearest known id. */
  async missing(id: string): Promise<string | undefined> {
    if (await this.find(id)) return undefined;
    const known = (await this.project.get()).map((component) => component.id);
    const near = nearestId(id, known) ?? nearestId(id, await this.stack.get().catch(() => []));
    return `component "${id}" does not exist.${didYouMean(near)}`;
  }

  /**
   * Keboola accepts any configuration id, and the job fails later. So we look it up first where the list can tell: in
   * the main branch, with a token that may list configurations.
   *
   * @returns undefined if it exists or we cannot tell, else a sentence with the one that was perhaps meant.
   */
  async missingConfig({ component, config, configData, branchId }: WhatToRun): Promise<string | undefined> {
    // Beside an inline configuration, the id only names a bucket and a lock.
    if (config === undefined || configData !== undefined || branchId !== undefined) return undefined;
    if (isKnown(await this.project.get(), component, config)) return undefined;
    // The configuration may have been created since.
    const now = await this.recent.get();
    if (isKnown(now, component, config)) return undefined;
    const configurations = now.find(({ id }) => id === component)?.configurations ?? [];
    const named = configurations.find(({ name }) => name.toLowerCase() === config.toLowerCase());
    const ids = configurations.map(({ id }) => id);
    return `component "${component}" has no configuration "${config}".${didYouMean(named?.id ?? nearestId(config, ids))}`;
  }

  /** The rows that a run asks for and its configuration lacks. @throws KeboolaError. */
  async missingRows(what: WhatToRun): Promise<InputProblem[]> {
    return await missingRows(this.http, this.connection, what);
  }

  /**
   * Whether a run lacks the values of variables that it has to bring. This uses only the cached list, so it says
   * nothing about a configuration in a branch.
   */
  async forgetsVariables(what: WhatToRun): Promise<boolean> {
    const { variableValuesId, variableValuesData } = what;
    if (variableValuesId !== undefined || variableValuesData !== undefined) return false;
    return (await this.variables(what)) === 'without-values';
  }

  /** Whether a configuration has variables; undefined if we cannot tell, as in a branch. */
  async variables(what: WhatToRun): Promise<Variables | undefined> {
    return contentIn(await this.project.get(), what)?.variables;
  }

  /** The tasks that a run asks for and its flow lacks, if the flow's content is known. */
  async missingTasks(what: WhatToRun): Promise<InputProblem[]> {
    if (what.flowTasks === undefined) return [];
    const problems = missingTasks(what, contentIn(await this.project.get(), what)?.flowTaskIds);
    // The tasks may have been added since.
    return problems.length === 0 ? [] : missingTasks(what, contentIn(await this.recent.get(), what)?.flowTaskIds);
  }

  /** The problem if a run names stored values of variables that its configuration lacks. @throws KeboolaError. */
  async missingValues(what: WhatToRun): Promise<InputProblem[]> {
    const problems = await this.valuesMissingIn(await this.project.get(), what);
    return problems.length === 0 ? [] : await this.valuesMissingIn(await this.recent.get(), what);
  }

  private async valuesMissingIn(components: readonly Component[], what: WhatToRun): Promise<InputProblem[]> {
    const { variableValuesId: valuesId, branchId } = what;
    // We know nothing about a branch, which may have its own values.
    if (valuesId === undefined || branchId !== undefined) return [];
    const variablesId = contentIn(components, what)?.variablesId;
    if (variablesId === undefined) return [];
    return await missingValues(this.http, this.connection, { valuesId, variablesId });
  }

  private elsewhere(id: string): Promise<Component | undefined> {
    const known =
      this.found.get(id) ?? new Cached(() => findComponent(this.http, this.connection, id), FOUND_LIFETIME_MS);
    if (this.found.size >= FOUND_MAX) this.found.clear();
    this.found.set(id, known);
    return known.get();
  }
}

/** What we know about the content that runs; undefined for a configuration in a branch. */
function contentIn(
  components: readonly Component[],
  { component, config, configData, branchId }: WhatToRun,
): ContentFacts | undefined {
  if (configData !== undefined) return contentFacts(configData);
  if (config === undefined || branchId !== undefined) return undefined;
  const { configurations = [] } = components.find(({ id }) => id === component) ?? {};
  return configurations.find(({ id }) => id === config)?.content;
}

/** Whether the configuration exists, also true if the list says nothing about the component's configurations. */
function isKnown(components: readonly Component[], component: string, config: string): boolean {
  const { configurations } = components.find(({ id }) => id === component) ?? {};
  if (configurations === undefined || configurations.length === 0) return true;
  return configurations.some(({ id }) => id === config);
}

const IndexDocument = z.object({ components: z.preprocess(asList, z.array(z.object({ id: z.string() })).nullish()) });

/** The ids of all components in the stack's index (`GET /v2/storage`), which needs no token, so we send none. */
async function stackIds(http: Sender, connection: Connection): Promise<string[]> {
  const url = new URL('/v2/storage', connection.origins.base);
  const answer = await http.send({ method: 'GET', url, timeoutMs: ANSWER_MS_MAX });
  return (decode(IndexDocument, answer.json, 'GET', url).components ?? []).map(({ id }) => id);
}
