import { INPUT_DEPTH_MAX } from '../job/text/inexact-numbers.js';

/** A place in an input that holds a secret, or that is too deep to search. */
export interface SecretFinding {
  path: string;
  /** `too-deep`: nothing below this path was searched. */
  kind: 'token' | 'plain-secret' | 'too-deep';
}

/** A dash, plain or escaped: in JSON, in source code, in a URL, in an email (quoted-printable) or in HTML. */
const DASHES = [
  '-',
  String.raw`\\+(?:u002[dD]|u\{0*2[dD]\}|x2[dD]|0?55)`,
  String.raw`%(?:u00|(?:25)*)2[dD]`,
  '=2[dD]',
  String.raw`&(?:amp;)*(?:#0*45|#[xX]0*2[dD]|hyphen|dash);`,
];
const DASH = `(?:${DASHES.join('|')})`;
/** `{project}-{token id}-{secret}`. The guards exclude parts of UUIDs, and times such as 2024-01-15T103000. */
const STORAGE_TOKEN = new RegExp(
  String.raw`(?<![\w-])\d{2,9}${DASH}\d{3,9}${DASH}(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{7,}(?![\w-])`,
);
const TOKEN_KEYS = new Set(['token', 'storagetoken', 'storageapitoken', 'xstorageapitoken', 'kbctoken']);

/**
 * Finds what must not get into a workflow's history: Storage tokens anywhere, and values under a `#key` that Keboola
 * has not encrypted (its ciphertexts start with `KBC::`).
 */
export function findSecrets(value: unknown, path: readonly string[] = []): SecretFinding[] {
  if (typeof value === 'string') return STORAGE_TOKEN.test(value) ? [{ path: path.join('.'), kind: 'token' }] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (path.length >= INPUT_DEPTH_MAX) return [{ path: path.join('.'), kind: 'too-deep' }];
  return Object.entries(value).flatMap(([key, child]) => findUnderKey(key, child, [...path, redactTokens(key)]));
}

/** A token under a `#key` still counts as a token: allowing plain secrets must not allow tokens. */
function findUnderKey(key: string, child: unknown, path: string[]): SecretFinding[] {
  const named = path.length === 1 && TOKEN_KEYS.has(key.toLowerCase().replace(/[^a-z]/g, ''));
  if (named || STORAGE_TOKEN.test(key)) return [{ path: path.join('.'), kind: 'token' }];
  if (!key.startsWith('#')) return findSecrets(child, path);
  if (!isPlain(child)) return [];
  const tokens = findSecrets(child, path).filter(({ kind }) => kind !== 'plain-secret');
  return tokens.length > 0 ? tokens : [{ path: path.join('.'), kind: 'plain-secret' }];
}

/** Replaces every Storage token in a text by `***`. */
export function redactTokens(text: string): string {
  return text.replace(new RegExp(STORAGE_TOKEN, 'g'), '***');
}

function isPlain(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  return typeof value !== 'string' || !value.startsWith('KBC::');
}
