/** A place in an input that holds something secret. */
export interface SecretFinding {
  path: string;
  kind: 'token' | 'plain-secret';
}

/** `{project}-{token id}-{secret}`; the guards keep a part of a UUID from looking like one. */
const STORAGE_TOKEN = /(?<![\w-])\d{2,9}-\d{2,9}-(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{7,}(?![\w-])/;
const TOKEN_KEYS = new Set(['token', 'storagetoken', 'storageapitoken', 'xstorageapitoken', 'kbctoken']);
const DEPTH_MAX = 64;

/**
 * Finds what must not be written into a workflow's history: Storage tokens anywhere, and values under a `#key` that
 * Keboola has not encrypted (its cipher texts start with `KBC::`).
 */
export function findSecrets(value: unknown, path: readonly string[] = []): SecretFinding[] {
  if (typeof value === 'string') return STORAGE_TOKEN.test(value) ? [{ path: path.join('.'), kind: 'token' }] : [];
  if (typeof value !== 'object' || value === null || path.length > DEPTH_MAX) return [];
  return Object.entries(value).flatMap(([key, child]) => findUnderKey(key, child, [...path, key]));
}

function findUnderKey(key: string, child: unknown, path: string[]): SecretFinding[] {
  if (TOKEN_KEYS.has(key.toLowerCase().replace(/[^a-z]/g, '')) && path.length === 1) {
    return [{ path: path.join('.'), kind: 'token' }];
  }
  if (key.startsWith('#') && isPlain(child)) return [{ path: path.join('.'), kind: 'plain-secret' }];
  return findSecrets(child, path);
}

function isPlain(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  return typeof value !== 'string' || !value.startsWith('KBC::');
}
