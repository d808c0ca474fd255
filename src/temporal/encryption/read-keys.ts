import { TEXT_BYTES_MAX, tooLarge } from '../../input/text/bounds.js';
import { warnIfOpenToAll } from '../../input/text/open-to-all.js';
import { parseJson } from '../../input/text/parse-json.js';
import { readTextFile } from '../../input/text/text-file.js';
import { SettingsError } from '../../input/settings-error.js';
import { KEY_BYTES, payloadKey, PayloadKeys, type PayloadKey } from './payload-keys.js';

const KEYS_MAX = 100;
/** Shorter than any key, so that no error shows a key that stands in the place of a name. */
const ID = /^[\w.:/-]{1,40}$/;
const ID_RULE = '1 to 40 letters, digits and . : / - _';
const KEY_RULE = `${KEY_BYTES} random bytes as base64; make one with: openssl rand -base64 ${KEY_BYTES}`;
const BASE64 = /^[A-Za-z0-9+/]{43}=$/;
const FIELDS = ['encryptWith', 'keys'];
const SHAPE = '{ "encryptWith": NAME or null, "keys": { NAME: BASE64 } }, with nothing else in it';

/**
 * Reads keys from a file, and warns once if every user of the machine may read it.
 *
 * @throws SettingsError that names the file and the place in it, and never a key.
 */
export function readPayloadKeysFile(path: string): PayloadKeys {
  const keys = keysOf(path, textOf(path));
  warnIfOpenToAll(path, 'payload keys');
  return keys;
}

/**
 * Reads keys from the text of such a file: `{ "encryptWith": "2026", "keys": { "2026": "BASE64" } }`, with
 * `"encryptWith": null` for keys that only decrypt.
 *
 * @param whose names the text in errors. @throws SettingsError that never quotes a key.
 */
export function readPayloadKeys(whose: string, text: string): PayloadKeys {
  if (Buffer.byteLength(text) > TEXT_BYTES_MAX.payloadKeys) throw broken(whose, tooLarge(TEXT_BYTES_MAX.payloadKeys));
  return keysOf(whose, text);
}

function textOf(path: string): string {
  try {
    return readTextFile(path, TEXT_BYTES_MAX.payloadKeys);
  } catch (error) {
    throw broken(path, error instanceof Error ? error.message : String(error));
  }
}

function keysOf(whose: string, text: string): PayloadKeys {
  const { encryptWith, keys: named } = document(whose, text);
  const keys = Object.entries(named).map(([id, key], at) => keyOf(whose, id, key, at + 1));
  if (keys.length === 0 || keys.length > KEYS_MAX) throw broken(whose, `has 1 to ${KEYS_MAX} keys, not ${keys.length}`);
  if (encryptWith === null) return new PayloadKeys(keys, undefined);
  const chosen = keys.find(({ id }) => id === encryptWith);
  if (!chosen)
    throw broken(whose, `has an "encryptWith" that names none of its keys: ${keys.map(({ id }) => id).join(', ')}`);
  return new PayloadKeys(keys, chosen);
}

function document(whose: string, text: string): { encryptWith: unknown; keys: object } {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    // Not in the usual words, which quote names and numbers: a key may stand in their place.
    const [{ line, column } = { line: 1, column: 1 }] = parsed.problems;
    throw broken(whose, `is not JSON, or has a field twice (line ${line}, column ${column})`);
  }
  const { value } = parsed;
  const isDocument = isObject(value) && isObject(value['keys']) && 'encryptWith' in value;
  if (!isDocument || Object.keys(value).some((name) => !FIELDS.includes(name))) throw broken(whose, `is ${SHAPE}`);
  return { encryptWith: value['encryptWith'], keys: value['keys'] as object };
}

function keyOf(whose: string, id: string, key: unknown, place: number): PayloadKey {
  if (!ID.test(id)) throw broken(whose, `has an invalid name for key ${place}; a name is ${ID_RULE}`);
  if (typeof key !== 'string' || !BASE64.test(key))
    throw broken(whose, `has an invalid key "${id}"; a key is ${KEY_RULE}`);
  return payloadKey(id, Buffer.from(key, 'base64'));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function broken(whose: string, problem: string): SettingsError {
  return new SettingsError(`Payload keys: ${whose} ${problem}.`);
}
