import type { LogLine } from '../job/questions.js';
import { Cached } from './cached/cached.js';
import { ComponentCatalog } from './project/component-catalog.js';
import type { Heard } from './http/connection-health.js';
import type { Connection } from './connection/connection.js';
import { BudgetedHttp } from './http/budgeted-http.js';
import { QueueV2Project } from './project/queue-v2-project.js';
import { listEvents } from './project/events.js';
import type { Sender, Transporter } from './http/exchange.js';
import type { JobApi } from './jobs/job-api.js';
import { JobTrees } from './jobs/job-trees.js';
import { ParallelLimit } from './jobs/parallel-limit.js';
import { verifyToken, type ProjectFacts } from './project/project.js';
import { RequestBudget } from './http/request-budget.js';
import { RunHistories } from './jobs/run-history.js';
import { findServices, type Services } from './project/stack-index.js';
import { DockerApi } from './syrup/syrup-action-api.js';
import { StorageApi } from './storage/storage-api.js';
import { StorageFiles } from './storage/storage-files.js';
import { SyrupJobApi } from './syrup/syrup-job-api.js';
import { steadyMs } from './http/steady-ms.js';

/** Addresses and project change rarely; a token that was replaced shows within this time. */
const FACTS_LIFETIME_MS = 5 * 60_000;

/** One Keboola project, discovered on first use. */
export class Keboola {
  private readonly services: Cached<Services>;
  private readonly api: Cached<JobApi>;
  private readonly project: Cached<ProjectFacts>;
  private readonly http: BudgetedHttp;
  readonly components: ComponentCatalog;
  readonly parallelLimit: ParallelLimit;
  readonly histories: RunHistories;
  readonly trees: JobTrees;
  readonly storage: StorageApi;
  readonly files: StorageFiles;

  constructor(
    sender: Sender & Transporter,
    readonly connection: Connection,
    hear?: (heard: Heard) => void,
  ) {
    const http = new BudgetedHttp(sender, new RequestBudget(connection.budget), hear);
    this.http = http;
    this.services = new Cached(() => findServices(http, connection), FACTS_LIFETIME_MS, steadyMs, true);
    this.api = new Cached(() => this.discover(), FACTS_LIFETIME_MS, steadyMs, true);
    this.project = new Cached(() => verifyToken(http, connection), FACTS_LIFETIME_MS);
    this.components = new ComponentCatalog(http, connection);
    this.storage = new StorageApi(http, connection);
    this.files = new StorageFiles(this.storage, sender, connection.origins);
    this.histories = new RunHistories(() => this.jobs());
    this.trees = new JobTrees(() => this.jobs());
    this.parallelLimit = new ParallelLimit(
      () => this.jobs(),
      async () => (await this.facts()).jobsParallelism,
    );
  }

  jobs(): Promise<JobApi> {
    return this.api.get();
  }

  /** Of a project that components are run in. @throws KeboolaError `unauthorized` when the token is refused; QueueV2Project. */
  async facts(): Promise<ProjectFacts> {
    const facts = await this.project.get();
    if (facts.noSyrup !== undefined) throw new QueueV2Project(this.connection.name, facts.noSyrup);
    return facts;
  }

  /** Of any project: Storage asks no more of it. @throws KeboolaError `unauthorized` when the token is refused. */
  storageFacts(): Promise<ProjectFacts> {
    return this.project.get();
  }

  /** As `facts`, asked anew; also finds where jobs are created. @throws as `facts`. */
  async lookAnew(): Promise<ProjectFacts> {
    await this.project.getFresh();
    await this.jobs();
    return await this.facts();
  }

  /** What the docker application answers besides jobs. */
  async docker(): Promise<DockerApi> {
    return new DockerApi(this.http, await this.services.get(), () => this.connection.token());
  }

  /** The latest events of a run and of all below it. @throws KeboolaError. */
  async events(runId: string, limit: number): Promise<LogLine[]> {
    return await listEvents(this.http, this.connection, runId, limit);
  }

  private async discover(): Promise<JobApi> {
    return new SyrupJobApi({
      http: this.http,
      base: (await this.services.get()).syrup,
      token: () => this.connection.token(),
      componentUri: async (id) => (await this.components.find(id))?.uri,
    });
  }
}
