import { readFile } from 'node:fs/promises';
import { stdin } from 'node:process';
import { text } from 'node:stream/consumers';
import { UsageError } from './usage-error.js';

/** Reads a JSON object from an option: the text itself, `@FILE`, or `-` for standard input. @throws UsageError. */
export async function readJsonArgument(option: string, argument: string): Promise<Record<string, unknown>> {
  const source = await sourceOf(option, argument);
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch (error) {
    throw new UsageError(`${option} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new UsageError(`${option} must be a JSON object, for example '{"parameters":{}}'.`);
  }
  return json as Record<string, unknown>;
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
