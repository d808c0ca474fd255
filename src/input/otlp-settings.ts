import { withoutSlashes } from '../job/text/without-slashes.js';

/** Where spans and log records go, by OTLP over HTTP; each is absent if nobody asked for it. */
export interface OtlpUrls {
  tracesUrl?: string;
  logsUrl?: string;
}

export interface OtlpSettings extends OtlpUrls {
  /** The variable that decided where each goes, even if nowhere; absent if none did. */
  tracesFrom?: string;
  logsFrom?: string;
  /** Why neither goes anywhere, although somebody asked for it. */
  problem?: OtlpProblem;
}

export interface OtlpProblem {
  /** The variable with an unusable value. */
  variable: string;
  /** Continues a sentence that begins with the variable's name, or with whatever else the setting came from. */
  words: string;
}

type Signal = 'traces' | 'logs';
type Variables = Readonly<Record<string, string | undefined>>;

/** Where one of the two signals goes, and by which variable; or why it cannot go there. */
interface Target {
  url?: string;
  from?: string;
  problem?: OtlpProblem;
}

const DISABLED = 'OTEL_SDK_DISABLED';
export const OTLP_ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
/** The only protocol that we speak. */
const PROTOCOL = 'http/protobuf';

/** A query or a fragment, even an empty one: a path appended after it would get lost. */
const BEYOND_PATH = /[?#]/;

/**
 * Reads OpenTelemetry's own variables for exporters (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). Its
 * SDK reads the others, such as headers and certificates.
 *
 * @param variables without empty variables.
 */
export function readOtlpSettings(variables: Variables): OtlpSettings {
  const env = Object.fromEntries(Object.entries(variables).map(([name, text]) => [name, text?.trim()]));
  if (env[DISABLED]?.toLowerCase() === 'true') return { tracesFrom: DISABLED, logsFrom: DISABLED };
  const [traces, logs] = [targetFor(env, 'traces'), targetFor(env, 'logs')];
  const problem = traces.problem ?? logs.problem;
  return problem === undefined ? settingsOf(traces, logs) : { problem };
}

function settingsOf(traces: Target, logs: Target): OtlpSettings {
  return {
    ...(traces.url !== undefined && { tracesUrl: traces.url }),
    ...(logs.url !== undefined && { logsUrl: logs.url }),
    ...(traces.from !== undefined && { tracesFrom: traces.from }),
    ...(logs.from !== undefined && { logsFrom: logs.from }),
  };
}

function targetFor(env: Variables, signal: Signal): Target {
  const exporter = `OTEL_${signal.toUpperCase()}_EXPORTER`;
  if (env[exporter] === 'none') return { from: exporter };
  const [from, text] = inForce(env, signal, 'ENDPOINT');
  if (text === undefined) return {};
  const problem = protocolProblem(...inForce(env, signal, 'PROTOCOL')) ?? addressProblem(from, text);
  if (problem !== undefined) return { problem };
  return { url: from === OTLP_ENDPOINT ? below(text, signal) : text, from };
}

/** A variable for one signal wins over the one for all signals, which is then ignored. */
function inForce(env: Variables, signal: Signal, what: 'ENDPOINT' | 'PROTOCOL'): [string, string | undefined] {
  const [own, general] = [`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${what}`, `OTEL_EXPORTER_OTLP_${what}`];
  const name = env[own] === undefined ? general : own;
  return [name, env[name]];
}

function below(endpoint: string, signal: Signal): string {
  const url = new URL(endpoint);
  url.pathname = `${withoutSlashes(url.pathname)}/v1/${signal}`;
  return url.href;
}

function protocolProblem(variable: string, text: string | undefined): OtlpProblem | undefined {
  if (text === undefined || text === PROTOCOL) return undefined;
  return {
    variable,
    words: `is not ${PROTOCOL}, the only supported protocol: unset it, and use the collector's OTLP/HTTP port, usually 4318.`,
  };
}

/** Credentials must not be part of an address, since logs and lists of settings show it. */
function addressProblem(variable: string, text: string): OtlpProblem | undefined {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return { variable, words: 'is not an HTTP address; expected one such as http://collector:4318.' };
  }
  if (url.username !== '' || url.password !== '' || BEYOND_PATH.test(text)) {
    const words =
      'has a user, a password, a query or a fragment in it; put credentials into OTEL_EXPORTER_OTLP_HEADERS.';
    return { variable, words };
  }
  return undefined;
}
