import { DEFAULT_CONNECTION, DEFAULT_TASK_QUEUE } from './job/input.js';
import type { ConnectionSettings } from './keboola/connection/connection.js';
import { readConnectionsFile } from './keboola/connection/connections-file.js';
import { filesPlace, type ReadFilesPlace } from './input/files-place.js';
import { readOtlpSettings, type OtlpSettings } from './input/otlp-settings.js';
import { SettingsError } from './input/settings-error.js';
import type { ProxySettings } from './keboola/http/proxy/proxies.js';
import { PayloadKeys } from './temporal/encryption/payload-keys.js';
import { readPayloadKeys, readPayloadKeysFile } from './temporal/encryption/read-keys.js';
import { requireTaskQueue } from './temporal/names.js';
import { readTemporalSettings, type TemporalSettings } from './temporal/profile.js';
import type { SaidBy } from './temporal/said-by.js';

/** Everything that the environment decides. No other file reads the environment. */
export interface Settings {
  /** Keboola projects that a worker may use; empty if KBC_URL is not set. */
  connections: ConnectionSettings[];
  /** The proxies on the way to them. */
  proxy: ProxySettings;
  taskQueue: string;
  temporal: TemporalSettings;
  /** Keys that encrypt and decrypt payloads; empty if none are configured. */
  payloadKeys: PayloadKeys;
  /** The token that a codec server asks for; it draws one if this is undefined. */
  codecToken: string | undefined;
  /** Default of `--parent-run-id`: inside a Keboola job, the run id of that job. */
  parentRunId: string | undefined;
  /** Default of `--branch`. */
  branchId: string | undefined;
  /** Where spans and log records go. */
  otlp: OtlpSettings;
  tools: ToolSettings;
}

/** Where to look for the Temporal binaries, and where to keep those that we download or build. */
export interface ToolSettings {
  temporalCliPath: string | undefined;
  testServerPath: string | undefined;
  path: string | undefined;
  home: string | undefined;
  xdgCacheHome: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function readSettings(env: Environment = process.env, saidBy?: SaidBy): Settings {
  return {
    connections: readConnections(env),
    proxy: readProxySettings(env),
    taskQueue: requireTaskQueue(value(env, 'KEBOOLA_TASK_QUEUE') ?? DEFAULT_TASK_QUEUE, saidBy),
    temporal: readTemporalSettings(variables(env), saidBy),
    payloadKeys: payloadKeysFromEnvironment(env),
    codecToken: value(env, 'KEBOOLA_CODEC_TOKEN'),
    parentRunId: value(env, 'KBC_RUNID'),
    branchId: value(env, 'KBC_BRANCH_ID'),
    otlp: readOtlpSettings(variables(env)),
    tools: {
      temporalCliPath: value(env, 'TEMPORAL_CLI_PATH'),
      testServerPath: value(env, 'TEMPORAL_TEST_SERVER_PATH'),
      path: value(env, 'PATH'),
      home: value(env, 'HOME'),
      xdgCacheHome: value(env, 'XDG_CACHE_HOME'),
    },
  };
}

/**
 * As `readSettings`, with variables that win over the environment.
 *
 * @param saidBy what to call their sources in errors.
 */
export function settingsWith(variables: Environment, saidBy?: SaidBy): Settings {
  return readSettings({ ...process.env, ...variables }, saidBy);
}

/**
 * The keys from the file that `KEBOOLA_PAYLOAD_KEYS_FILE` names, or from `KEBOOLA_PAYLOAD_KEYS` itself, for a client or
 * a worker of your own. If neither is set there are no keys, and nothing is encrypted.
 *
 * @throws SettingsError that names the place of the mistake, and never a key.
 */
export function payloadKeysFromEnvironment(env: Environment = process.env): PayloadKeys {
  const file = value(env, 'KEBOOLA_PAYLOAD_KEYS_FILE');
  const text = value(env, 'KEBOOLA_PAYLOAD_KEYS');
  if (file !== undefined && text !== undefined) {
    throw new SettingsError('KEBOOLA_PAYLOAD_KEYS_FILE and KEBOOLA_PAYLOAD_KEYS are both set. Unset one.');
  }
  if (file !== undefined) return readPayloadKeysFile(file);
  return text === undefined ? new PayloadKeys([], undefined) : readPayloadKeys('KEBOOLA_PAYLOAD_KEYS', text);
}

/** Reads the proxies as other programs do; the lower-case names come first, as for curl. */
export function readProxySettings(env: Environment = process.env): ProxySettings {
  return {
    https: value(env, 'https_proxy', 'HTTPS_PROXY'),
    http: value(env, 'http_proxy', 'HTTP_PROXY'),
    all: value(env, 'all_proxy', 'ALL_PROXY'),
    except: value(env, 'no_proxy', 'NO_PROXY'),
  };
}

/** Where a worker may read and write files on its own side. @throws SettingsError. */
export function readFilesPlace(env: Environment = process.env): ReadFilesPlace {
  return filesPlace(value(env, 'KEBOOLA_FILES_DIR'), listed(value(env, 'KEBOOLA_IMPORT_HOSTS')));
}

/** The variable of a token that belongs to no project, because no address is given. */
export function strayToken(env: Environment = process.env): string | undefined {
  if (value(env, 'KBC_CONNECTIONS_FILE', ...ADDRESSES) !== undefined) return undefined;
  return TOKENS.find((name) => value(env, name) !== undefined);
}

/** Whether a variable is set but empty, so that it counts as unset. */
export function isEmptyVariable(name: string, env: Environment = process.env): boolean {
  return env[name] !== undefined && value(env, name) === undefined;
}

/** The log format of a worker, if no option says it. */
export function readLogFormat(env: Environment = process.env): string | undefined {
  return value(env, 'KEBOOLA_LOG_FORMAT');
}

/** The folders in which the shell looks for commands. */
export function readSearchPath(env: Environment = process.env): string {
  return value(env, 'PATH') ?? '';
}

/** The named connections from a file, and the one from the environment. */
function readConnections(env: Environment): ConnectionSettings[] {
  const file = value(env, 'KBC_CONNECTIONS_FILE');
  const named = file === undefined ? [] : readConnectionsFile(file, (name) => env[name]);
  const own = readDefaultConnection(env);
  if (own && named.some(({ name }) => name === DEFAULT_CONNECTION)) {
    throw new SettingsError(
      `The connection "${DEFAULT_CONNECTION}" is named twice: by KBC_URL and in ${file ?? ''}. Unset one.`,
    );
  }
  return own ? [own, ...named] : named;
}

/** Our names, and those that Keboola's own tools use. */
const ADDRESSES = ['KBC_URL', 'KBC_STORAGE_API_URL', 'KBC_STORAGE_API_HOST'];
const TOKENS = ['KBC_TOKEN', 'KBC_STORAGE_API_TOKEN'];

/** The token is read again for every request. */
function readDefaultConnection(env: Environment): ConnectionSettings | undefined {
  const url = value(env, ...ADDRESSES);
  if (url === undefined) return undefined;
  const filesUrl = value(env, 'KBC_FILES_URL');
  return {
    name: DEFAULT_CONNECTION,
    url,
    token: () => value(env, ...TOKENS) ?? '',
    allowHttpHosts: listed(value(env, 'KBC_ALLOW_HTTP_HOSTS')),
    ...(filesUrl !== undefined && { filesUrl }),
  };
}

/** An empty variable counts as unset. Headers are an exception: an empty one removes the profile's. */
function variables(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && (entry[1].trim() !== '' || entry[0].startsWith('TEMPORAL_GRPC_META_')),
    ),
  );
}

function listed(text = ''): string[] {
  return text
    .split(',')
    .map((host) => host.trim())
    .filter((host) => host !== '');
}

function value(env: Environment, ...names: string[]): string | undefined {
  return names.map((name) => env[name]?.trim()).find((text) => text !== undefined && text !== '');
}
