import type { CreateFence } from '../../job/input.js';
import { TokenGone } from './errors.js';
import { SettingsError } from '../../input/settings-error.js';
import type { Dialect } from './dialect.js';
import { TokenOrigins } from './origins.js';
import { DEFAULT_REQUESTS_PER_SECOND, type BudgetSettings } from '../http/request-budget.js';

/** How to reach one Keboola project. Only the worker has these settings; workflows know a connection by name. */
export interface ConnectionSettings {
  name: string;
  /** Storage's address, for example `https://connection.keboola.com`. */
  url: string;
  /** Called for every request, so that a renewed token is picked up. */
  token: () => string;
  /** What to do when there is no token. Default `Set KBC_TOKEN.` */
  tokenAdvice?: string;
  /** Hosts besides this machine to which plain http is allowed. */
  allowHttpHosts?: readonly string[];
  /** Which of Keboola's job APIs to use. Default: the one that the project is on. */
  api?: Dialect;
  /** How a created job is recognised as ours, unless the input chooses. Default: what fits the project. */
  createFence?: CreateFence;
  /** Creates no job while the project already runs as many as its limit allows. Default true. */
  respectProjectLimit?: boolean;
  /** How many requests a worker makes per second in the long run. Default 100. */
  requestsPerSecond?: number;
  /** How many requests a worker may make at once after a rest. Default twice as many as per second. */
  requestBurst?: number;
  /** Reads one list of the jobs that ended in the project, instead of each job by itself. Default true. */
  watch?: boolean;
  /** Replaces the addresses of AWS and Google for files: the sandbox, or a store of one's own. Default: their own. */
  filesUrl?: string;
  /** Part sizes and retries of file transfers, for tests. */
  transfer?: TransferSettings;
}

/** Values that a test makes smaller than usual. */
export interface TransferSettings {
  partBytes?: number;
  /** The smallest part that S3 accepts. */
  awsPartBytesMin?: number;
  patience?: { attemptsMax: number; pauseMs: number };
}

/** Keboola's newer tokens are sent in another way than Storage tokens, and not every service knows them. */
const PROGRAMMATIC = /^kbc_[a-z]+_/;

/** A checked connection: the token, and the hosts to which it may be sent. */
export class Connection {
  readonly origins: TokenOrigins;
  private hadToken = false;

  /**
   * @param hearNoToken is told why there is no token, every time one is needed.
   * @throws SettingsError if the address cannot be used.
   */
  constructor(
    private readonly settings: ConnectionSettings,
    private readonly hearNoToken: (error: unknown) => void = () => undefined,
  ) {
    this.origins = TokenOrigins.of(settings.url, settings.allowHttpHosts);
    // A bad address fails at start, not with the first file.
    if (settings.filesUrl !== undefined)
      this.origins.acceptForFiles(settings.filesUrl, `The files address of connection "${settings.name}"`);
  }

  get name(): string {
    return this.settings.name;
  }

  /** The host of Storage, which identifies the stack. */
  get stack(): string {
    return this.origins.base.host;
  }

  /** Advice on where to set the token. */
  get tokenAdvice(): string {
    return this.settings.tokenAdvice ?? 'Set KBC_TOKEN.';
  }

  /** The job API to use, if the settings choose one instead of the project. */
  get api(): Dialect | undefined {
    return this.settings.api;
  }

  get createFence(): CreateFence | undefined {
    return this.settings.createFence;
  }

  get respectsProjectLimit(): boolean {
    return this.settings.respectProjectLimit ?? true;
  }

  get isWatched(): boolean {
    return this.settings.watch ?? true;
  }

  get filesUrl(): string | undefined {
    return this.settings.filesUrl;
  }

  get transfer(): TransferSettings {
    return this.settings.transfer ?? {};
  }

  get budget(): BudgetSettings {
    const requestsPerSecond = this.settings.requestsPerSecond ?? DEFAULT_REQUESTS_PER_SECOND;
    return { requestsPerSecond, burst: this.settings.requestBurst ?? Math.max(1, Math.ceil(2 * requestsPerSecond)) };
  }

  /** The address of a project's page in Keboola's own interface, by its route there. */
  projectPage(projectId: string, route: string): string {
    return `${this.origins.base.origin}/admin/projects/${encodeURIComponent(projectId)}/${route}`;
  }

  /** @throws SettingsError if there is no usable token; TokenGone if there was one before. */
  token(): string {
    try {
      const token = this.readToken();
      this.hadToken = true;
      return token;
    } catch (error) {
      this.hearNoToken(error);
      throw this.hadToken && error instanceof SettingsError ? new TokenGone(error.message) : error;
    }
  }

  private readToken(): string {
    const token = this.settings.token().trim();
    if (token === '') {
      throw new SettingsError(`Connection "${this.name}" has no Storage token. ${this.tokenAdvice}`);
    }
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new SettingsError(`The token of connection "${this.name}" holds characters that no HTTP header can carry.`);
    }
    const [programmatic] = PROGRAMMATIC.exec(token) ?? [];
    if (programmatic === undefined) return token;
    throw new SettingsError(
      `The token of connection "${this.name}" is a programmatic one (${programmatic}…), by which nobody can run jobs: ` +
        `it takes a Storage token, which you make in Keboola (Settings, API Tokens). ${this.tokenAdvice}`,
    );
  }
}
