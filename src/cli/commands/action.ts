import type { Command } from 'commander';
import { CALLS_MAX } from '../../job/questions.js';
import { act } from '../act.js';
import { withTemporal, type Context } from '../context.js';
import { EXIT } from '../exit/exit-codes.js';
import { readJsonArguments } from '../options/json-argument.js';
import { countUpTo } from '../options/numbers.js';

interface ActionOptions {
  configData?: string;
  branch?: string;
  attempts: number;
}

export function addAction(program: Command): void {
  program
    .command('action')
    .description('Call a synchronous action of a component and print its answer')
    .argument('<component>', 'for example keboola.ex-db-mysql')
    .argument('<action>', 'for example testConnection')
    .option('--config-data <json>', 'the whole configuration: JSON, @FILE or - for standard input')
    .option('--branch <id>', 'development branch (default: KBC_BRANCH_ID)')
    .option('--attempts <n>', 'most attempts, if it fails through no fault of yours', countUpTo(CALLS_MAX), 1)
    .addHelpText(
      'after',
      '\nExample:\n  keboola-temporal action keboola.ex-db-mysql testConnection --config-data @config.json',
    )
    .action(act(action));
}

async function action(context: Context, component: string, name: string, options: ActionOptions): Promise<number> {
  const { '--config-data': configData } = await readJsonArguments({ '--config-data': options.configData });
  const branchId = options.branch ?? context.settings.branchId;
  return await withTemporal(context, async ({ keboola, connection, output }) => {
    const answer = await keboola.callAction({
      component,
      action: name,
      attempts: options.attempts,
      ...(connection !== undefined && { connection }),
      ...(configData && { configData }),
      ...(branchId !== undefined && { branchId }),
    });
    output.result(answer, JSON.stringify(answer, null, 2));
    return EXIT.success;
  });
}
