import type { Command } from 'commander';
import { SEARCH_ATTRIBUTES } from '../../../job/search-attributes.js';
import { withAdvice } from '../../../operate/search-attribute-advice.js';
import { registerSearchAttributes } from '../../../temporal/search-attributes.js';
import { act } from '../../act.js';
import { withTemporal, type Context, type TemporalContext } from '../../context.js';
import { EXIT } from '../../exit/exit-codes.js';

export function addSetup(program: Command): void {
  program
    .command('setup')
    .description("Register the search attributes in Temporal's namespace")
    .addHelpText('after', '\nExample:\n  keboola-temporal setup')
    .action(act(setup));
}

async function setup(context: Context): Promise<number> {
  return await withTemporal(context, async (connected) => {
    const { output } = connected;
    const added = await register(connected);
    const text =
      added.length === 0 ? 'All search attributes are registered already.' : `Registered ${added.join(', ')}.`;
    output.result({ searchAttributes: SEARCH_ATTRIBUTES, added }, text);
    return EXIT.success;
  });
}

/** @throws what is wrong and what to do about it. */
async function register({ temporal, settings }: TemporalContext): Promise<string[]> {
  try {
    return await registerSearchAttributes(temporal);
  } catch (error) {
    throw withAdvice(error, settings.temporal);
  }
}
