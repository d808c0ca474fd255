import type { Command, Option } from 'commander';
import { UsageError } from '../exit/usage-error.js';

/** Of these, an empty text or a blank says something: no quotes, a blank between values, no telemetry. */
const MAY_BE_EMPTY = ['delimiter', 'enclosure', 'otlpEndpoint'];
/** No value begins like this; a mistyped option does. */
const LONG_OPTION = /^--[a-z]/i;

/**
 * Refuses a typed argument or option without its value. An empty text, as a script writes it with a variable that is not set, would
 * silently stand for the default. Where nothing is written, commander takes the next option for the value, and that
 * option would silently not be there: `--key --dry-run` would start a job.
 *
 * @throws UsageError.
 */
export function requireValues(command: Command): void {
  const empty = command.args.findIndex((text) => text.trim() === '');
  if (empty >= 0) throw new UsageError(`<${command.registeredArguments[empty]?.name() ?? 'argument'}> is empty`);
  const chain = withParents(command);
  const flags = chain.flatMap(({ options }) => options.flatMap(({ short, long }) => [short, long]));
  for (const { one, option } of chain.flatMap((one) => one.options.map((option) => ({ one, option })))) {
    const name = option.attributeName();
    if (one.getOptionValueSource(name) !== 'cli') continue;
    const value: unknown = one.getOptionValue(name);
    const label = option.long ?? option.flags;
    if (lacksText(option, value)) throw new UsageError(`${label} is empty`);
    const texts = [value].flat().filter((text) => typeof text === 'string');
    const swallowed = texts.find((text) => isOption(text, flags));
    if (swallowed !== undefined) {
      throw new UsageError(`${label} has no value: the option "${swallowed}" is in its place`);
    }
  }
}

/** Whether an option has an empty text, and would need one. Settings are trimmed, so a blank is nothing either. */
export function lacksText(option: Option, value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '' && !MAY_BE_EMPTY.includes(option.attributeName());
}

function isOption(text: string, flags: readonly (string | undefined)[]): boolean {
  return flags.includes(text) || LONG_OPTION.test(text);
}

function withParents(command: Command): Command[] {
  return command.parent ? [command, ...withParents(command.parent)] : [command];
}
