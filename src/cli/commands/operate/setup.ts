import type { Command } from 'commander';
import { SEARCH_ATTRIBUTES } from '../../../job/search-attributes.js';
import { registerSearchAttributes } from '../../../temporal/search-attributes.js';
import { act } from '../../act.js';
import { withTemporal, type Context } from '../../context.js';
import { EXIT } from '../../exit/exit-codes.js';

export function addSetup(program: Command): void {
  program
    .command('setup')
    .description("Register the search attributes in Temporal's namespace")
    .addHelpText('after', '\nExample:\n  keboola-temporal setup')
    .action(act(setup));
}

async function setup(context: Context): Promise<number> {
  return await withTemporal(context, async ({ temporal, output }) => {
    const added = await registerSearchAttributes(temporal);
    const text =
      added.length === 0 ? 'All search attributes are registered already.' : `Registered ${added.join(', ')}.`;
    output.result({ searchAttributes: SEARCH_ATTRIBUTES, added }, text);
    return EXIT.success;
  });
}
