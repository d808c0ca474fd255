import type { CreateFence } from '../../job/input.js';
import { TokenGone } from './errors.js';
import { SettingsError } from '../../input/settings-error.js';
import type { Dialect } from './dialect.js';
import { TokenOrigins } from './origins.js';
import { DEFAULT_REQUESTS_PER_SECOND, type BudgetSettings } from '../http/request-budget.js';

/** How to reach one Keboola project. It lives in the worker only; workflows know its name. */
export interface ConnectionSettings {
  name: string;
  /** Storage's address, for example `https://connection.keboola.com`. */
  url: string;
  /** Read anew for every request, so that a renewed token is picked up. */
  token: () => string;
  /** What to do when there is no token. Default `Set KBC_TOKEN.` */
  tokenAdvice?: string;
  /** Hosts besides this machine that may be spoken to without TLS. */
  allowHttpHosts?: readonly string[];
  /** Which of Keboola's job APIs to speak. Default: what the project is on. */
  api?: Dialect;
  /** By what a creation is told from others, where its input does not say. Default: what fits the project. */
  createFence?: CreateFence;
  /** Waits with a creation while the project runs as many jobs as it may. Default true. */
  respectProjectLimit?: boolean;
  /** How many requests a worker makes per second in the long run. Default 100. */
  requestsPerSecond?: number;
  /** How many it makes at once after a rest. Default twice as many as per second. */
  requestBurst?: number;
  /** Lets one list of what has ended in the project stand in for reads of its jobs. Default true. */
  watch?: boolean;
  /** Speaks in the place of AWS and Google where files are: the sandbox, or a store of one's own. Default: they themselves. */
  filesUrl?: string;
  /** How files are cut and how patiently they are moved, for tests. */
  transfer?: TransferSettings;
}

/** What a test makes small that is large otherwise. */
export interface TransferSettings {
  partBytes?: number;
  /** What S3 takes at least as a part. */
  awsPartBytesMin?: number;
  patience?: { attemptsMax: number; pauseMs: number };
}

/** Tokens of Keboola's newer kind go another way than Storage tokens, and not every service knows them. */
const PROGRAMMATIC = /^kbc_[a-z]+_/;

/** A checked connection: where the token may go, and the token. */
export class Connection {
  readonly origins: TokenOrigins;
  private hadToken = false;

  /**
   * @param hearNoToken hears why there is no token, whenever one is wanted.
   * @throws SettingsError when the address cannot be used.
   */
  constructor(
    private readonly settings: ConnectionSettings,
    private readonly hearNoToken: (error: unknown) => void = () => undefined,
  ) {
    this.origins = TokenOrigins.of(settings.url, settings.allowHttpHosts);
    // At start, not with the first file.
    if (settings.filesUrl !== undefined)
      this.origins.acceptForFiles(settings.filesUrl, `The files address of connection "${settings.name}"`);
  }

  get name(): string {
    return this.settings.name;
  }

  /** The host of Storage, which tells stacks apart. */
  get stack(): string {
    return this.origins.base.host;
  }

  /** Where the token comes from, as advice. */
  get tokenAdvice(): string {
    return this.settings.tokenAdvice ?? 'Set KBC_TOKEN.';
  }

  /** The API to speak, where it is not for the project to say. */
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

  /** A page of a project in Keboola's own interface, by its route there. */
  projectPage(projectId: string, route: string): string {
    return `${this.origins.base.origin}/admin/projects/${encodeURIComponent(projectId)}/${route}`;
  }

  /**
   * @throws SettingsError when there is no token, or one that no header can carry; TokenGone when there was a good one
   * before.
   */
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
