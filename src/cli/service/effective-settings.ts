import type { Command, Option } from 'commander';
import type { ReadFilesPlace } from '../../input/files-place.js';
import { OTLP_ENDPOINT, type OtlpSettings } from '../../input/otlp-settings.js';
import type { ConnectionSettings } from '../../keboola/connection/connection.js';
import type { Settings } from '../../settings.js';
import { ACTIVITIES_DEFAULT, GRACE_MS_DEFAULT, WORKFLOW_TASKS_DEFAULT } from '../../worker/worker-defaults.js';

/** A setting that is in force, and where it comes from. */
export interface Effective {
  name: string;
  value: string | number | boolean;
  /** An option, the name of a variable, `file`, `profile` (Temporal's own), `environment`, or `default`. */
  source: string;
}

/** What applies if nothing sets it. */
const UNSAID: Readonly<Record<string, string | boolean>> = {
  identity: 'pid@host',
  strict: false,
  healthPort: 'none',
  metricsPort: 'none',
  configFile: 'none',
  maxConcurrentActivities: String(ACTIVITIES_DEFAULT),
  maxConcurrentWorkflowTasks: String(WORKFLOW_TASKS_DEFAULT),
  maxCachedWorkflows: 'by the heap',
  shutdownGraceSeconds: String(GRACE_MS_DEFAULT / 1_000),
};

/** Not listed itself: where traces and logs go in the end is listed instead. */
const ENDPOINT_OPTION = 'otlpEndpoint';

/**
 * All settings of a worker, to see how it was started. Tokens and keys are left out, and so is the user part of an
 * address.
 */
export function effectiveSettings(
  command: Command,
  {
    taskQueue,
    temporal,
    connections,
    payloadKeys,
    otlp,
  }: Pick<Settings, 'taskQueue' | 'temporal' | 'connections' | 'payloadKeys' | 'otlp'>,
  files: ReadFilesPlace,
): Effective[] {
  const { address, namespace, fromProfile = [] } = temporal;
  const decided: Record<string, string> = { taskQueue, address, namespace };
  const options = command.options.filter((option) => option.attributeName() !== ENDPOINT_OPTION);
  const ofOptions = options.map((option): Effective => {
    const name = option.attributeName();
    const said = command.getOptionValue(name) as Effective['value'] | undefined;
    const unsaid = fromProfile.some((one) => one === name) ? 'profile' : 'default';
    const source = sourceOf(command, option) ?? unsaid;
    return { name, value: decided[name] ?? said ?? UNSAID[name] ?? 'none', source };
  });
  return [
    ...ofOptions,
    ...ofOtlp(command, otlp),
    ...connections.flatMap(ofConnection),
    ...ofFiles(files),
    ...ofPayloads(payloadKeys),
  ];
}

/** What a connection weakens is listed with it. */
function ofConnection({ name, url, allowHttpHosts = [] }: ConnectionSettings): Effective[] {
  const address = { name: `connection ${name}`, value: originOf(url), source: 'environment' };
  if (allowHttpHosts.length === 0) return [address];
  return [address, { name: `plain http ${name}`, value: allowHttpHosts.join(', '), source: 'environment' }];
}

function ofFiles({ folder = '', importHosts }: ReadFilesPlace): Effective[] {
  const effective = (name: string, value: string, variable: string): Effective =>
    value === '' ? { name, value: 'none', source: 'default' } : { name, value, source: variable };
  return [
    effective('filesFolder', folder, 'KEBOOLA_FILES_DIR'),
    effective('importHosts', importHosts.join(', '), 'KEBOOLA_IMPORT_HOSTS'),
  ];
}

/** Undefined if no option, variable or file sets it. */
function sourceOf(command: Command, option: Option): string | undefined {
  const from = command.getOptionValueSource(option.attributeName()) as string | undefined;
  const sources: Record<string, string | undefined> = { cli: option.long, env: option.envVar, config: 'file' };
  return sources[from ?? ''];
}

/** Where a worker got the value of an OTLP variable from: an option, `file`, or the variable itself. */
export function otlpSourceOf(command: Command, variable: string): string {
  const option = command.options.find((one) => one.attributeName() === ENDPOINT_OPTION);
  return (option && variable === OTLP_ENDPOINT ? sourceOf(command, option) : undefined) ?? variable;
}

/** Where traces and logs go in the end, whatever else was set. */
function ofOtlp(command: Command, { tracesUrl, logsUrl, tracesFrom, logsFrom }: OtlpSettings): Effective[] {
  const effective = (name: string, url: string | undefined, from: string | undefined): Effective => ({
    name,
    value: url === undefined ? 'none' : originOf(url),
    source: from === undefined ? 'default' : otlpSourceOf(command, from),
  });
  return [effective('tracesTo', tracesUrl, tracesFrom), effective('logsTo', logsUrl, logsFrom)];
}

/** Lists keys by their names. */
function ofPayloads({ ids, encryptWith }: Settings['payloadKeys']): Effective[] {
  const source = ids.length === 0 ? 'default' : 'environment';
  return [
    { name: 'payloadKeys', value: ids.join(', ') || 'none', source },
    { name: 'payloadsEncryptedWith', value: encryptWith?.id ?? 'none', source },
  ];
}

/** Formats settings as a block for people. */
export function settingsText(settings: readonly Effective[]): string {
  const width = (of: (one: Effective) => string): number => Math.max(...settings.map((one) => of(one).length));
  const [names, values] = [width(({ name }) => name), width(({ value }) => String(value))];
  const lines = settings.map(
    ({ name, value, source }) => `  ${name.padEnd(names)}  ${String(value).padEnd(values)}  ${source}`,
  );
  return ['Settings:', ...lines].join('\n');
}

function originOf(url: string): string {
  return URL.parse(url.includes('://') ? url : `https://${url}`)?.origin ?? 'no address';
}
