import { existsSync } from 'node:fs';
import { TEXT_BYTES_MAX } from '../../input/text/bounds.js';
import { parseJson, textProblems } from '../../input/text/parse-json.js';
import { readSource } from './read-source.js';
import { UsageError } from '../exit/usage-error.js';

const STANDARD_INPUT = '-';

type JsonObject = Record<string, unknown>;

/**
 * Reads JSON objects from the options that are given.
 *
 * @throws UsageError that names all mistakes, not only the first.
 */
export async function readJsonArguments<Name extends string>(
  given: Record<Name, string | undefined>,
): Promise<Partial<Record<Name, JsonObject>>> {
  const read: Partial<Record<Name, JsonObject>> = {};
  const problems: string[] = [];
  const piped = Object.keys(given).filter((name) => given[name as Name] === STANDARD_INPUT);
  if (piped.length > 1) throw new UsageError(`Standard input can be read once, and not for ${piped.join(' and ')}.`);
  for (const [name, argument] of Object.entries(given) as [Name, string | undefined][]) {
    if (argument === undefined) continue;
    try {
      read[name] = await readJsonArgument(name, argument);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new UsageError(problems.join(' '));
  return read;
}

/** Reads a JSON object from an option: the text itself, `@FILE`, or `-` for standard input. @throws UsageError. */
async function readJsonArgument(option: string, argument: string): Promise<JsonObject> {
  const parsed = parseJson(await sourceOf(option, argument));
  if (!parsed.ok) {
    const hint = existsSync(argument) ? ` For the file of that name write @${argument}.` : '';
    const what = parsed.isJson ? 'cannot be used' : 'is not JSON';
    throw new UsageError(`${option} ${what}: ${textProblems(parsed.problems)}.${hint}`);
  }
  const json = parsed.value;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new UsageError(`${option} must be a JSON object, for example '{"parameters":{}}'.`);
  }
  return json as JsonObject;
}

async function sourceOf(option: string, argument: string): Promise<string> {
  const path = argument === STANDARD_INPUT ? argument : argument.startsWith('@') ? argument.slice(1) : undefined;
  if (path === undefined) return argument;
  try {
    return await readSource(path, TEXT_BYTES_MAX.json, 'more than an input may be');
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${option}: ${error.message}`);
    throw error;
  }
}
