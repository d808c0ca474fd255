import type { Command } from 'commander';
import type { ComponentEntry, ComponentList, ConfigurationEntry } from '../../job/questions.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { listing } from '../text/listing.js';

interface ComponentsOptions {
  type?: string;
  configurations?: boolean;
}

export function addComponents(program: Command): void {
  program
    .command('components')
    .description('List the components that have a configuration in the project')
    .argument('[filter]', 'only those whose id, name or type contains this text')
    .option('--type <type>', 'only those of this type, for example extractor')
    .option('--configurations', 'list each configuration; --json always includes them')
    .addHelpText(
      'after',
      '\nExamples:\n  keboola-temporal components mysql --configurations\n  keboola-temporal components --json',
    )
    .action(act(components));
}

async function components(
  context: Context,
  filter: string | undefined,
  { type, configurations }: ComponentsOptions,
): Promise<number> {
  return await withTemporal(context, async ({ keboola, connection, output }) => {
    const list = await keboola.components({
      ...(connection !== undefined && { connection }),
      ...(filter !== undefined && { filter }),
      ...(type !== undefined && { type }),
    });
    output.result(list, textOf(list, configurations ?? false, output.width));
    if (list.truncated)
      output.say('Too many components to show every detail; use a filter to see more about fewer of them.');
    return EXIT.success;
  });
}

function textOf({ components: found }: ComponentList, withConfigurations: boolean, width: number | undefined): string {
  if (found.length === 0) return 'No component matches, of those that have a configuration in the project.';
  if (!withConfigurations) {
    return listing(['component', 'type', 'kind', 'configs', 'actions', 'name'], found.map(cells), width);
  }
  const rows = found.flatMap(({ id, configurations = [] }) => configurations.map((one) => configurationCells(id, one)));
  return listing(['component', 'config', 'version', 'name'], rows, width);
}

function cells({ id, type, kind, name, configurations, actions = [] }: ComponentEntry): string[] {
  const configs = configurations === undefined ? '?' : String(configurations.length);
  return [id, type, kind, configs, actions.join(','), name];
}

function configurationCells(component: string, { id, name, version }: ConfigurationEntry): string[] {
  return [component, id, version === undefined ? '' : String(version), name];
}
