import type { Command } from 'commander';
import type { Settings } from '../../settings.js';

/** A setting as it is in force, and where it is from. */
export interface Effective {
  name: string;
  value: string | number | boolean;
  /** An option, the name of a variable, `file`, or `default`. */
  source: string;
}

/** What is said nowhere, and what then counts. */
const UNSAID: Readonly<Record<string, string | boolean>> = {
  ...{ identity: 'pid@host', strict: false, healthPort: 'none', metricsPort: 'none', configFile: 'none' },
  ...{ maxConcurrentActivities: '100', maxConcurrentWorkflowTasks: '100', maxCachedWorkflows: 'by the heap' },
  shutdownGraceSeconds: '100',
};

/** All settings of a worker for whoever looks at how it was started. Tokens are none of them, and of an address no user part is told. */
export function effectiveSettings(
  command: Command,
  { taskQueue, temporal, connections }: Pick<Settings, 'taskQueue' | 'temporal' | 'connections'>,
): Effective[] {
  const { address, namespace } = temporal;
  const decided: Record<string, string> = { taskQueue, address, namespace };
  const ofOptions = command.options.map((option): Effective => {
    const name = option.attributeName();
    const said = command.getOptionValue(name) as Effective['value'] | undefined;
    const from = command.getOptionValueSource(name) as string | undefined;
    const sources: Record<string, string | undefined> = { cli: option.long, env: option.envVar, config: 'file' };
    return { name, value: decided[name] ?? said ?? UNSAID[name] ?? 'none', source: sources[from ?? ''] ?? 'default' };
  });
  const ofConnections = connections.map(({ name, url }): Effective => ({
    name: `connection ${name}`,
    value: originOf(url),
    source: 'environment',
  }));
  return [...ofOptions, ...ofConnections];
}

/** As a block for people. */
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
