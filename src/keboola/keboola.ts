import type { ComponentEntry } from '../job/questions.js';
import { Cached } from './cached/cached.js';
import { ComponentCatalog } from './project/component-catalog.js';
import type { Heard } from './http/connection-health.js';
import type { Connection } from './connection/connection.js';
import type { Dialect } from './connection/dialect.js';
import { OtherProject } from './connection/errors.js';
import { BudgetedHttp } from './http/budgeted-http.js';
import type { Sender, Transporter } from './http/exchange.js';
import type { ActionApi } from './jobs/action-api.js';
import type { AdapterDeps, Adapters } from './jobs/adapters.js';
import type { JobApi } from './jobs/job-api.js';
import { JobTrees } from './jobs/job-trees.js';
import { ParallelLimit } from './jobs/parallel-limit.js';
import { verifyToken, type ProjectFacts } from './project/project.js';
import { RequestBudget } from './http/request-budget.js';
import { RunHistories } from './jobs/run-history.js';
import type { Component } from './project/components.js';
import { discover } from './project/discover.js';
import { bucketProblem } from './storage/buckets.js';
import { StorageApi } from './storage/storage-api.js';
import { TableFiles } from './storage/table-files.js';
import { StorageFiles } from './storage/storage-files.js';
import { componentKind } from './syrup/component-path.js';
import { openQueue } from './queue/open-queue.js';
import { openSyrup } from './syrup/open-syrup.js';
import { steadyMs } from './http/steady-ms.js';
import { routeOf } from './route-of.js';
import { TalliedSender } from './tally/tallied-sender.js';
import type { Tally } from './tally/tally.js';

/** Addresses and project facts change rarely; what changed in the project shows within this time. */
const FACTS_LIFETIME_MS = 5 * 60_000;

/** Opens the adapters of each dialect; each has its own folder. */
const OPEN: Record<Dialect, (deps: AdapterDeps) => Adapters> = { syrup: openSyrup, queue: openQueue };

/** The ways out: one for requests to Keboola, one for the bytes of files. */
interface Ways {
  sender: Sender;
  transporter: Transporter;
}

interface Listeners {
  /** Is told how every exchange ended. */
  hear?: (heard: Heard) => void;
  tally?: Tally;
}

/** One Keboola project, discovered on first use. */
export class Keboola {
  private readonly adapters: Cached<Adapters>;
  private readonly project: Cached<ProjectFacts>;
  private readonly http: BudgetedHttp;
  /** The token for which everything was cached. */
  private token: string | undefined;
  /** The project of that token, which never changes. */
  private projectId: string | undefined;
  readonly components: ComponentCatalog;
  readonly parallelLimit: ParallelLimit;
  readonly histories: RunHistories;
  readonly trees: JobTrees;
  readonly storage: StorageApi;
  readonly files: StorageFiles;
  readonly tables: TableFiles;

  constructor(
    { sender, transporter }: Ways,
    readonly connection: Connection,
    { hear, tally }: Listeners = {},
  ) {
    const { name } = connection;
    const exchanges = tally ? new TalliedSender(sender, { connection: name, tally, routeOf }) : sender;
    const http = new BudgetedHttp(exchanges, new RequestBudget(connection.budget), {
      ...(hear && { hear }),
      ...(tally && { onDeferred: () => tally.deferred(name) }),
    });
    this.http = http;
    this.adapters = new Cached(() => this.open(), FACTS_LIFETIME_MS, steadyMs, true);
    this.project = new Cached(() => verifyToken(http, connection), FACTS_LIFETIME_MS);
    this.components = new ComponentCatalog(http, connection);
    this.storage = new StorageApi(http, connection);
    this.files = new StorageFiles(this.storage, {
      http: transporter,
      origins: connection.origins,
      filesUrl: connection.filesUrl,
      ...connection.transfer,
    });
    this.tables = new TableFiles(this.files);
    this.histories = new RunHistories(() => this.jobs());
    this.trees = new JobTrees(() => this.jobs());
    this.parallelLimit = new ParallelLimit(
      () => this.jobs(),
      async () => (await this.facts()).jobsParallelism,
    );
  }

  /** @throws KeboolaError, NoJobApi, SettingsError if we cannot find out how to speak to the project. */
  async jobs(): Promise<JobApi> {
    this.mindToken();
    return (await this.adapters.get()).jobs;
  }

  /** Which of Keboola's job APIs we use for the project. @throws what `jobs` throws. */
  async dialect(): Promise<Dialect> {
    this.mindToken();
    return (await this.adapters.get()).dialect;
  }

  /** The API of synchronous actions and of calls below components. @throws what `jobs` throws. */
  async actions(): Promise<ActionApi> {
    this.mindToken();
    return (await this.adapters.get()).actions;
  }

  /** What kind a component is, by Storage's list of components; that does not depend on the dialect. */
  kindOf({ id, uri }: Component): ComponentEntry['kind'] {
    return componentKind(id, uri);
  }

  /** @throws KeboolaError `unauthorized` if the token is refused; SettingsError or TokenGone if there is none. */
  async facts(): Promise<ProjectFacts> {
    this.mindToken();
    return await this.project.get();
  }

  /**
   * What is wrong with a bucket that an import wants to write to, and which buckets there are; undefined if it exists.
   *
   * @throws KeboolaError.
   */
  async bucketProblem(bucket: string): Promise<string | undefined> {
    return await bucketProblem(this.storage, bucket);
  }

  /**
   * Makes sure that the token is still one of the project with this id: another project would answer that our jobs do
   * not exist.
   *
   * @throws OtherProject if it is not; what `facts` throws.
   */
  async requireProject(id: string): Promise<void> {
    this.mindToken();
    const { token } = this;
    const found = this.projectId ?? (await this.project.get()).id;
    // Remember the answer only if the token did not change in the meantime, here or by a concurrent call.
    if (this.token === token && this.connection.token() === token) this.projectId = found;
    if (found === id) return;
    throw new OtherProject(
      `The token of connection "${this.connection.name}" is one of project ${found} now, where nobody knows of project ` +
        `${id} and its jobs: give it a token of project ${id} again`,
    );
  }

  /** Like `facts`, but without the cache; also finds the job API. @throws what `facts` and `jobs` throw. */
  async lookAnew(): Promise<ProjectFacts> {
    await this.project.getFresh();
    await this.jobs();
    return await this.facts();
  }

  /** Verifies the token with one request, without the cache. @throws what `facts` throws. */
  async verify(): Promise<void> {
    this.mindToken();
    await this.project.getFresh();
  }

  /** A new token may be one of another project with another dialect, so what was cached for the old one is dropped. */
  private mindToken(): void {
    const token = this.connection.token();
    if (token === this.token) return;
    this.token = token;
    this.projectId = undefined;
    this.project.forget();
    this.adapters.forget();
  }

  private async open(): Promise<Adapters> {
    const { http, connection, components } = this;
    const { dialect, services } = await discover(http, connection, await this.project.get());
    return OPEN[dialect]({ http, connection, components, services });
  }
}
