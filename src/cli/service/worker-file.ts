import type { Command, Option } from 'commander';
import { isRecord } from '../../input/find-problems.js';
import { didYouMean, nearestId } from '../../input/nearest-id.js';
import { SettingsError } from '../../input/settings-error.js';
import { TEXT_BYTES_MAX } from '../../input/text/bounds.js';
import { Unreadable } from '../../input/text/decode-text.js';
import { readTextFile } from '../../input/text/text-file.js';
import { lacksText } from '../options/require-values.js';
import { parsePipeline, type Place } from '../pipeline/parse-pipeline.js';

/** What the file may not contain: which file to read, and what every command takes. */
const NOT_IN_FILE = ['configFile', 'help'];

/**
 * Takes settings from a YAML or JSON file, unless an option or an environment variable sets them. A key is an option
 * without its dashes: `maxConcurrentActivities` for `--max-concurrent-activities`.
 *
 * @throws SettingsError that names each unknown key and each value of the wrong kind, with line and column.
 */
export function takeFromFile(command: Command, file: string): void {
  const parsed = parsePipeline(textOf(file));
  if (!parsed.ok) throw unusable(file, parsed.problems);
  const settings = parsed.value ?? {};
  if (!isRecord(settings)) throw unusable(file, [{ message: 'is not a map of settings' }]);
  const options = command.options.filter((option) => !NOT_IN_FILE.includes(option.attributeName()));
  const problems = Object.entries(settings).flatMap(([key, value]): Problem[] => {
    const message = problemOf(command, options, key, value);
    const place = parsed.placeOf(key);
    return message === undefined ? [] : [{ message: `${key}: ${message}`, ...(place && { place }) }];
  });
  if (problems.length > 0) throw unusable(file, problems);
}

interface Problem {
  message: string;
  place?: Place;
}

/** Takes one setting. @returns why it cannot be taken, if so. */
function problemOf(command: Command, options: readonly Option[], key: string, value: unknown): string | undefined {
  const option = options.find((one) => one.attributeName() === key);
  if (!option) {
    const near = nearestId(
      key,
      options.map((one) => one.attributeName()),
    );
    return `there is no such setting.${didYouMean(near)}`;
  }
  const read = valueOf(option, value);
  if ('problem' in read) return read.problem;
  const source = command.getOptionValueSource(key) as string | undefined;
  if (source === undefined || source === 'default') command.setOptionValueWithSource(key, read.value, 'config');
  return undefined;
}

/** Applies the rules of the option. The parsed value must have the same type as the one in the file. */
function valueOf(option: Option, value: unknown): { value: unknown } | { problem: string } {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return { problem: 'expected one plain value.' };
  if (lacksText(option, value)) return { problem: 'is empty.' };
  const { argChoices, parseArg } = option;
  const text = String(value);
  if (argChoices && !argChoices.includes(text)) return { problem: `expected one of ${argChoices.join(', ')}.` };
  try {
    const parsed = parseArg && !argChoices ? parseArg<unknown>(text, undefined) : text;
    if (typeof parsed === typeof value) return { value: parsed };
    return { problem: `expected a ${typeof parsed}, not a ${typeof value}.` };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function unusable(file: string, problems: readonly Problem[]): SettingsError {
  const lines = problems.map(
    ({ message, place }) => `${file}${place ? `:${place.line}:${place.column}` : ''} ${message}`,
  );
  return new SettingsError(lines.join('\n'));
}

function textOf(file: string): string {
  try {
    return readTextFile(file, TEXT_BYTES_MAX.connections);
  } catch (error) {
    if (error instanceof Unreadable) throw new SettingsError(`${file} ${error.message}.`);
    throw error;
  }
}
