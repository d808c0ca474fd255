import { dirname, resolve } from 'node:path';
import type { ConnectionSettings } from './connection.js';
import { ConnectionsFileSchema, type ConnectionEntry } from './connections-schema.js';
import { SettingsError } from '../../input/settings-error.js';
import { bounded, issueProblems, problemsText } from '../../input/find-problems.js';
import { redactTokens } from '../../input/secrets.js';
import { TEXT_BYTES_MAX } from '../../input/text/bounds.js';
import { warnIfOpenToAll } from '../../input/text/open-to-all.js';
import { parseJson, textProblems } from '../../input/text/parse-json.js';
import { readTextFile } from '../../input/text/text-file.js';

/**
 * Reads the connections from a file.
 *
 * @param variable returns an environment variable; called for every request.
 * @throws SettingsError with all problems of the file and their places.
 */
export function readConnectionsFile(
  path: string,
  variable: (name: string) => string | undefined,
): ConnectionSettings[] {
  const parsed = ConnectionsFileSchema.safeParse(parse(path, textOf(path, TEXT_BYTES_MAX.connections)));
  if (!parsed.success) {
    const problems = bounded(parsed.error.issues.flatMap((issue) => issueProblems(issue, ConnectionsFileSchema)));
    throw new SettingsError(`${path} is not a valid file of connections: ${redactTokens(problemsText(problems))}.`);
  }
  return Object.entries(parsed.data.connections).map(([name, entry]) => connectionOf(path, name, entry, variable));
}

function connectionOf(
  path: string,
  name: string,
  { tokenFile, tokenEnv, token: _never, ...entry }: ConnectionEntry,
  variable: (name: string) => string | undefined,
): ConnectionSettings {
  const { url, filesUrl, api, createFence, allowHttpHosts } = entry;
  const { respectProjectLimit, requestsPerSecond, requestBurst, watch } = entry;
  return {
    name,
    url,
    token:
      tokenFile === undefined ? () => variable(tokenEnv ?? '') ?? '' : () => tokenOf(resolve(dirname(path), tokenFile)),
    tokenAdvice: tokenFile === undefined ? `Set ${tokenEnv ?? ''}.` : `Write it into the file ${tokenFile}.`,
    ...(filesUrl !== undefined && { filesUrl }),
    ...(api && { api }),
    ...(createFence && { createFence }),
    ...(allowHttpHosts && { allowHttpHosts }),
    ...(respectProjectLimit !== undefined && { respectProjectLimit }),
    ...(requestsPerSecond !== undefined && { requestsPerSecond }),
    ...(requestBurst !== undefined && { requestBurst }),
    ...(watch !== undefined && { watch }),
  };
}

function parse(path: string, text: string): unknown {
  const parsed = parseJson(text);
  if (parsed.ok) return parsed.value;
  throw new SettingsError(
    `${path} ${parsed.isJson ? 'cannot be used' : 'is not JSON'}: ${redactTokens(textProblems(parsed.problems))}`,
  );
}

function tokenOf(path: string): string {
  const token = textOf(path, TEXT_BYTES_MAX.token);
  warnIfOpenToAll(path, 'a Storage token');
  return token;
}

function textOf(path: string, bytesMax: number): string {
  try {
    return readTextFile(path, bytesMax);
  } catch (error) {
    throw new SettingsError(`${path} ${error instanceof Error ? error.message : String(error)}`);
  }
}
