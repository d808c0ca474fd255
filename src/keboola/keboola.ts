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

/** Addresses and project change rarely; a token that was replaced shows within this time. */
const FACTS_LIFETIME_MS = 5 * 60_000;

/** Each dialect is a folder, and this is its door. */
const OPEN: Record<Dialect, (deps: AdapterDeps) => Adapters> = { syrup: openSyrup, queue: openQueue };

/** Out to Keboola: with requests, and with the bytes of files. */
interface Ways {
  sender: Sender;
  transporter: Transporter;
}

interface Listeners {
  /** Hears how every exchange has ended. */
  hear?: (heard: Heard) => void;
  tally?: Tally;
}

/** One Keboola project, discovered on first use. */
export class Keboola {
  private readonly adapters: Cached<Adapters>;
  private readonly project: Cached<ProjectFacts>;
  private readonly http: BudgetedHttp;
  /** What is remembered was told to this token. */
  private token: string | undefined;
  /** A token belongs to one project for ever. */
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

  /** @throws KeboolaError, NoJobApi, SettingsError where it cannot be found out how to speak to the project. */
  async jobs(): Promise<JobApi> {
    this.mindToken();
    return (await this.adapters.get()).jobs;
  }

  /** Which of Keboola's job APIs is spoken. @throws as `jobs`. */
  async dialect(): Promise<Dialect> {
    this.mindToken();
    return (await this.adapters.get()).dialect;
  }

  /** What components and their host answer besides jobs. @throws as `jobs`. */
  async actions(): Promise<ActionApi> {
    this.mindToken();
    return (await this.adapters.get()).actions;
  }

  /** Storage's list of components tells it of each, whatever dialect the jobs of the project have. */
  kindOf({ id, uri }: Component): ComponentEntry['kind'] {
    return componentKind(id, uri);
  }

  /** @throws KeboolaError `unauthorized` when the token is refused; SettingsError, TokenGone where there is none. */
  async facts(): Promise<ProjectFacts> {
    this.mindToken();
    return await this.project.get();
  }

  /** What is wrong with a bucket that is to be written to, and which ones there are; undefined for one that exists. @throws KeboolaError. */
  async bucketProblem(bucket: string): Promise<string | undefined> {
    return await bucketProblem(this.storage, bucket);
  }

  /**
   * Makes sure that this is still the project with this id: any other one knows nothing of its jobs, and says so.
   *
   * @throws OtherProject where it is not, and as `facts`.
   */
  async requireProject(id: string): Promise<void> {
    this.mindToken();
    const { token } = this;
    const found = this.projectId ?? (await this.project.get()).id;
    // Whose answer it is shows only where the token has stayed the same, also for whoever has asked meanwhile.
    if (this.token === token && this.connection.token() === token) this.projectId = found;
    if (found === id) return;
    throw new OtherProject(
      `The token of connection "${this.connection.name}" is one of project ${found} now, where nobody knows of project ` +
        `${id} and its jobs: give it a token of project ${id} again`,
    );
  }

  /** As `facts`, asked anew; also finds where jobs are created. @throws as `facts`. */
  async lookAnew(): Promise<ProjectFacts> {
    await this.project.getFresh();
    await this.jobs();
    return await this.facts();
  }

  /** Asks, anew and with one request, whether the token is taken. @throws as `facts`. */
  async verify(): Promise<void> {
    this.mindToken();
    await this.project.getFresh();
  }

  /** A token that was replaced may be one of another project, of another dialect. */
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
