import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { stdin } from 'node:process';
import { text } from 'node:stream/consumers';
import { UsageError } from './usage-error.js';

type JsonObject = Record<string, unknown>;

/** Reads JSON objects from those options that are given. @throws UsageError with all that is wrong, not the first of it. */
export async function readJsonArguments<Name extends string>(
  given: Record<Name, string | undefined>,
): Promise<Partial<Record<Name, JsonObject>>> {
  const read: Partial<Record<Name, JsonObject>> = {};
  const problems: string[] = [];
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
  const source = await sourceOf(option, argument);
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch (error) {
    const hint = existsSync(argument) ? ` For the file of that name write @${argument}.` : '';
    throw new UsageError(`${option} is no JSON: ${error instanceof Error ? error.message : String(error)}.${hint}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new UsageError(`${option} must be a JSON object, for example '{"parameters":{}}'.`);
  }
  return json as JsonObject;
}

async function sourceOf(option: string, argument: string): Promise<string> {
  if (argument === '-') return await text(stdin);
  if (!argument.startsWith('@')) return argument;
  try {
    return await readFile(argument.slice(1), 'utf8');
  } catch (error) {
    throw new UsageError(`${option}: cannot read ${argument.slice(1)}: ${(error as Error).message}`);
  }
}
