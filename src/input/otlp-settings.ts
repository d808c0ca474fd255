/** Where spans and log records go, by OTLP over HTTP; each is absent where nobody wants it. */
export interface OtlpSettings {
  tracesUrl?: string;
  logsUrl?: string;
  /** Why neither goes anywhere although somebody has wanted that. */
  problem?: string;
}

type Signal = 'traces' | 'logs';
type Variables = Readonly<Record<string, string | undefined>>;

const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
/** What is sent; nothing else is. */
const PROTOCOL = 'http/protobuf';

/**
 * Reads the variables that OpenTelemetry has for its exporters
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/): what else they say, such as headers and certificates, is read by its SDK.
 *
 * @param env without empty variables.
 */
export function readOtlpSettings(env: Variables): OtlpSettings {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return {};
  const [tracesUrl, logsUrl] = [urlFor(env, 'traces'), urlFor(env, 'logs')];
  const urls = { ...(tracesUrl !== undefined && { tracesUrl }), ...(logsUrl !== undefined && { logsUrl }) };
  const problem = Object.keys(urls).length === 0 ? undefined : problemOf(env);
  return problem === undefined ? urls : { problem };
}

function urlFor(env: Variables, signal: Signal): string | undefined {
  const name = signal.toUpperCase();
  if (env[`OTEL_${name}_EXPORTER`] === 'none') return undefined;
  const general = env[ENDPOINT];
  return env[endpointOf(signal)] ?? (general && `${general.replace(/\/+$/, '')}/v1/${signal}`);
}

function endpointOf(signal: Signal): string {
  return `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`;
}

function problemOf(env: Variables): string | undefined {
  const protocols = [
    'OTEL_EXPORTER_OTLP_PROTOCOL',
    'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
    'OTEL_EXPORTER_OTLP_LOGS_PROTOCOL',
  ];
  const other = protocols.find((name) => env[name] !== undefined && env[name] !== PROTOCOL);
  if (other !== undefined) {
    return `${other} is not ${PROTOCOL}, the only protocol that is spoken here: unset it, and name the collector's port for OTLP over HTTP, 4318 as a rule.`;
  }
  const places = [ENDPOINT, endpointOf('traces'), endpointOf('logs')];
  return places.map((name) => addressProblem(name, env[name])).find((problem) => problem !== undefined);
}

/** It is shown in logs and settings, so it may let nobody in. */
function addressProblem(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return `${name} is no address of HTTP; expected one such as http://collector:4318.`;
  }
  if (url.username !== '' || url.password !== '' || url.search !== '') {
    return `${name} has a user, a password or a query in it; what lets you in belongs into OTEL_EXPORTER_OTLP_HEADERS.`;
  }
  return undefined;
}
