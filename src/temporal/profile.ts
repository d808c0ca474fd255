import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import {
  loadClientConfig,
  loadClientConfigProfile,
  toClientOptions,
  type ClientConfigProfile,
  type ClientConnectConfig,
} from '@temporalio/envconfig';
import { SettingsError } from '../input/settings-error.js';
import { parseAddress } from './address.js';
import { warnOfOpenSecrets } from './open-secrets.js';
import { requireNamespace } from './names.js';
import { placeOf, type SaidBy } from './said-by.js';

export interface TemporalSettings {
  address: string;
  namespace: string;
  connectionOptions: ClientConnectConfig['connectionOptions'];
  /** Which of them a profile file sets. */
  fromProfile?: readonly (keyof SaidBy)[];
  /** For advice: which of them were set elsewhere than in their variables, and where. */
  saidBy?: SaidBy;
}

/** The environment, without empty variables. */
export type Variables = Readonly<Record<string, string>>;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const DEFAULT_ADDRESS = '127.0.0.1:7233';

/**
 * Reads Temporal's own variables and its profile file. Refuses what Temporal's reader ignores silently, so that a
 * command would go to this machine instead, or without TLS.
 *
 * @param said where a value was set that is passed as a variable.
 * @throws SettingsError that names the variable, or that place.
 */
export function readTemporalSettings(env: Variables, said: SaidBy = {}): TemporalSettings {
  const file = env['TEMPORAL_CONFIG_FILE'];
  const problem = file === undefined ? undefined : fileProblem(file);
  if (problem) throw new SettingsError(`TEMPORAL_CONFIG_FILE names ${file}, which ${problem}. Correct or unset it.`);
  const tls = env['TEMPORAL_TLS'];
  if (tls !== undefined && !/^(true|1|false|0)$/.test(tls)) {
    throw new SettingsError(`TEMPORAL_TLS is true or false, not "${tls}".`);
  }
  const { connectionOptions, namespace } = connectConfig(env);
  const address = connectionOptions.address ?? DEFAULT_ADDRESS;
  const isFromProfile = {
    address: connectionOptions.address !== undefined && env['TEMPORAL_ADDRESS'] === undefined,
    namespace: namespace !== undefined && env['TEMPORAL_NAMESPACE'] === undefined,
  };
  const fromProfile = (['address', 'namespace'] as const).filter((one) => isFromProfile[one]);
  const ofProfile = Object.fromEntries(fromProfile.map((one) => [one, `${one} in Temporal's profile`]));
  const saidBy: SaidBy = { ...said, ...ofProfile };
  if (!parseAddress(address)) {
    const place = placeOf('address', saidBy);
    throw new SettingsError(`${place} is host:port, for example ${DEFAULT_ADDRESS}, and not "${address}".`);
  }
  return {
    address,
    namespace: requireNamespace(namespace ?? 'default', saidBy),
    connectionOptions: { ...connectionOptions, address },
    fromProfile,
    saidBy,
  };
}

function fileProblem(file: string): string | undefined {
  if (!existsSync(file)) return 'does not exist';
  return statSync(file).isDirectory() ? 'is a folder' : undefined;
}

function connectConfig(env: Variables): ClientConnectConfig {
  assertProfile(env);
  const profile = read(() => loadClientConfigProfile({ overrideEnvVars: env }));
  assertPair(profile);
  const config = withoutMarks(read(() => toClientOptions(profile)));
  assertReadable(config);
  warnOfOpenSecrets(env, profile);
  return config;
}

/** A certificate that an editor has saved with a byte order mark is valid all the same. */
function withoutMarks(config: ClientConnectConfig): ClientConnectConfig {
  const { tls } = config.connectionOptions;
  if (typeof tls !== 'object' || tls === null) return config;
  const { serverRootCACertificate: ca, clientCertPair: pair } = tls;
  const plain = {
    ...tls,
    ...(ca && { serverRootCACertificate: withoutMark(ca) }),
    ...(pair && { clientCertPair: { ...pair, crt: withoutMark(pair.crt), key: withoutMark(pair.key) } }),
  };
  return { ...config, connectionOptions: { ...config.connectionOptions, tls: plain } };
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte) ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
}

/** Temporal's reader says that a profile is missing, but neither where nor what there is instead. */
function assertProfile(env: Variables): void {
  const wanted = env['TEMPORAL_PROFILE'];
  if (wanted === undefined) return;
  const { profiles } = read(() => loadClientConfig({ overrideEnvVars: env }));
  if (profiles[wanted]) return;
  const names = Object.keys(profiles);
  const has = names.length === 0 ? 'it has no profiles' : `it has ${names.join(', ')}`;
  const file = env['TEMPORAL_CONFIG_FILE'] ?? "Temporal's profile file in your configuration folder";
  throw new SettingsError(`Profile '${wanted}' (TEMPORAL_PROFILE) not found in ${file}: ${has}.`);
}

function assertPair({ tls }: ClientConfigProfile): void {
  if (!tls || Boolean(tls.clientCert) === Boolean(tls.clientKey)) return;
  const [there, missing] = tls.clientCert ? ['CERT', 'KEY'] : ['KEY', 'CERT'];
  throw new SettingsError(
    `TEMPORAL_TLS_CLIENT_${there}_PATH is set without TEMPORAL_TLS_CLIENT_${missing}_PATH; a client certificate needs both.`,
  );
}

/** Otherwise an invalid certificate would show up as an authority that is not trusted, or not at all. */
function assertReadable({ connectionOptions: { tls } }: ClientConnectConfig): void {
  if (typeof tls !== 'object' || tls === null) return;
  const { serverRootCACertificate: ca, clientCertPair: pair } = tls;
  const look = (what: string, at: () => unknown): unknown => read(at, `${what} cannot be used`);
  if (ca) look('TEMPORAL_TLS_SERVER_CA_CERT_PATH', () => new X509Certificate(ca));
  if (!pair) return;
  look('TEMPORAL_TLS_CLIENT_CERT_PATH', () => new X509Certificate(pair.crt));
  look('TEMPORAL_TLS_CLIENT_KEY_PATH', () => createPrivateKey(Buffer.from(pair.key)));
  look('TEMPORAL_TLS_CLIENT_KEY_PATH', () =>
    createSecureContext({ cert: Buffer.from(pair.crt), key: Buffer.from(pair.key) }),
  );
}

function read<T>(look: () => T, what = "Temporal's settings cannot be used (TEMPORAL_* and its profile file)"): T {
  try {
    return look();
  } catch (error) {
    const reason = error instanceof TypeError ? 'it has no [profile.NAME] with address and namespace' : undefined;
    throw new SettingsError(`${what}: ${reason ?? (error instanceof Error ? error.message : String(error))}`);
  }
}
