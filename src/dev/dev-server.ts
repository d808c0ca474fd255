import { assertPortFree, freePort } from './ports.js';
import type { Report } from './report.js';
import { type RunningServer, startServer } from './running-server.js';

export type SearchAttributeType = 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList';

export interface DevServerOptions {
  /** Path of the Temporal CLI; see `resolveTemporalCli`. */
  cli: string;
  /** Port of the server; a free one when left out. */
  port?: number;
  /** Port of the Web UI; `port` + 1000, or a free one when `port` is left out. */
  uiPort?: number;
  /** Without Web UI. */
  headless?: boolean;
  /** Port of the server's own metrics, `/metrics` on 127.0.0.1; the CLI chooses one when left out. */
  metricsPort?: number;
  /** Registered before the server serves. A dev server has room for 10 of type Keyword. */
  searchAttributes: Readonly<Record<string, SearchAttributeType>>;
  /** The server's dynamic configuration: `{ 'history.timerProcessorMaxTimeShift': '20ms' }`. */
  dynamicConfig?: Readonly<Record<string, string | number | boolean>>;
  /** Keeps everything in this file; in memory when left out. */
  dbFilename?: string;
  report?: Report;
}

export interface DevServer extends RunningServer {
  /** Address of the Web UI, unless headless. */
  readonly uiUrl?: string;
}

/** A graceful end takes the server about one second; only a database on disk is worth that. */
const diskGraceMs = 10_000;

/**
 * Starts `temporal server start-dev` on 127.0.0.1 and waits until it serves. It ends with our process; Ctrl-C does not
 * reach it.
 *
 * @throws PortInUseError when a given port is taken; ServerStartError, in the server's own words, if it does not start.
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const { port, uiPort } = await choosePorts(options);
  const server = await startServer({
    what: 'Temporal dev server',
    command: options.cli,
    args: commandLine(options, port, uiPort),
    port,
    graceMs: options.dbFilename === undefined ? 0 : diskGraceMs,
    // No need to wait for this with a port that we chose ourselves: hardly anybody else takes it at that moment.
    ...(options.port === undefined ? {} : { announcement: `:${port}` }),
  });
  const uiUrl = uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}`;
  options.report?.(`Temporal dev server ready on ${server.address}${uiUrl === undefined ? '' : `, Web UI ${uiUrl}`}`);
  return { ...server, ...(uiUrl === undefined ? {} : { uiUrl }) };
}

async function choosePorts(options: DevServerOptions): Promise<{ port: number; uiPort: number | undefined }> {
  if (options.port !== undefined) {
    await assertPortFree(options.port, { likely: 'another Temporal server', option: '--port' });
  }
  const port = options.port ?? (await freePort());
  if (options.headless === true) return { port, uiPort: undefined };
  const uiPort = options.uiPort ?? (options.port === undefined ? await freePort() : port + 1000);
  await assertPortFree(uiPort, { likely: 'the Web UI of another Temporal server', option: '--ui-port' });
  return { port, uiPort };
}

function commandLine(options: DevServerOptions, port: number, uiPort: number | undefined): string[] {
  const { dbFilename, dynamicConfig = {}, metricsPort, searchAttributes } = options;
  return [
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--log-level',
    'error',
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(metricsPort === undefined ? [] : ['--metrics-port', String(metricsPort)]),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    // Values are JSON, so a duration keeps its quotes.
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${JSON.stringify(value)}`,
    ]),
    ...(dbFilename === undefined ? [] : ['--db-filename', dbFilename, ...sqliteInWalMode]),
  ];
}

/** Without these, every write waits for the disk. */
const sqliteInWalMode = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'];
