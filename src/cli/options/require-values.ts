import type { Command, Option } from 'commander';
import { UsageError } from '../exit/usage-error.js';

/** Of these, an empty text or a blank says something: no quotes, a blank between values, no telemetry. */
const MAY_BE_EMPTY = ['delimiter', 'enclosure', 'otlpEndpoint'];

/**
 * Refuses a typed option without a text, as a script writes it with a variable that is not set. It would silently stand
 * for the default.
 *
 * @throws UsageError.
 */
export function refuseEmpty(command: Command): void {
  const empty = command.options.find((option) => {
    const name = option.attributeName();
    return command.getOptionValueSource(name) === 'cli' && lacksText(option, command.getOptionValue(name));
  });
  if (empty) throw new UsageError(`${empty.long ?? empty.flags} is empty`);
}

/** Whether an option has an empty text, and would need one. Settings are trimmed, so a blank is nothing either. */
export function lacksText(option: Option, value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '' && !MAY_BE_EMPTY.includes(option.attributeName());
}
