import type { Command } from 'commander';
import type { OtlpProblem } from '../../input/otlp-settings.js';
import { SettingsError } from '../../input/settings-error.js';
import { settingsWith, type Settings } from '../../settings.js';
import type { SaidBy } from '../../temporal/said-by.js';
import type { WorkerCommandOptions } from '../options/worker-options.js';
import { otlpSourceOf } from './effective-settings.js';
import { takeFromFile } from './worker-file.js';

/** Merges the file, the variables and the options. @throws SettingsError. */
export function workerSettings(command: Command): { settings: Settings; options: WorkerCommandOptions } {
  const { configFile } = command.opts<WorkerCommandOptions>();
  if (configFile) takeFromFile(command, configFile);
  const options = command.opts<WorkerCommandOptions>();
  const { taskQueue, namespace, address, otlpEndpoint } = options;
  const isTyped = command.getOptionValueSource('otlpEndpoint') === 'cli';
  const variables = {
    ...(otlpEndpoint !== undefined && { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint }),
    // A typed option wins over any variable.
    ...(isTyped && { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: '', OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: '' }),
    ...(taskQueue && { KEBOOLA_TASK_QUEUE: taskQueue }),
    ...(namespace && { TEMPORAL_NAMESPACE: namespace }),
    ...(address && { TEMPORAL_ADDRESS: address }),
  };
  const settings = settingsWith(variables, saidBy(command, configFile));
  if (settings.otlp.problem) throw unusable(command, settings.otlp.problem, configFile);
  return { settings, options };
}

const OPTIONS = { address: '--address', namespace: '--namespace', taskQueue: '--task-queue' } as const;

/** Where Temporal's address, namespace and task queue come from, if not from a variable. */
function saidBy(command: Command, configFile = 'the file'): SaidBy {
  const places = (['address', 'namespace', 'taskQueue'] as const).flatMap((name) => {
    const source = command.getOptionValueSource(name) as string | undefined;
    if (source === 'cli') return [[name, OPTIONS[name]]];
    return source === 'config' ? [[name, `${name} in ${configFile}`]] : [];
  });
  return Object.fromEntries(places) as SaidBy;
}

/** Names the setting by where it was set. */
function unusable(command: Command, { variable, words }: OtlpProblem, configFile: string | undefined): SettingsError {
  const source = otlpSourceOf(command, variable);
  return new SettingsError(`${source === 'file' ? `otlpEndpoint in ${configFile ?? source}` : source} ${words}`);
}
