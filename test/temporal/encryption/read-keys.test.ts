import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { SettingsError } from '../../../src/input/settings-error.js';
import { payloadKeysFromEnvironment } from '../../../src/settings.js';
import { readPayloadKeys } from '../../../src/temporal/encryption/read-keys.js';
import { keysFile, keysText } from '../../support/payload-keys.js';
import { tempFolder } from '../../support/temp-folder.js';

const SECRET = Buffer.from('secretsecretsecretsecretsecret!!').toString('base64');

it('reads one key that encrypts, and more that decrypt', () => {
  const { encryptWith, ids } = readPayloadKeys('KEYS', keysText('b', ['a', 'b']));
  expect({ id: encryptWith?.id, ids }).toEqual({ id: 'b', ids: ['a', 'b'] });
  expect(encryptWith?.key.export()).toEqual(Buffer.alloc(32, 17));
});

it('reads keys that only decrypt', () => {
  expect(readPayloadKeys('KEYS', keysText(null, ['a'])).encryptWith).toBeUndefined();
});

const shape = 'is { "encryptWith": NAME or null, "keys": { NAME: BASE64 } }, with nothing else in it';
it.each([
  ['{', 'is not JSON, or has a field twice (line 1, column 2)'],
  [`{"encryptWith":"a","keys":{"a":"${SECRET}","a":"${SECRET}"}}`, 'has a field twice (line 1,'],
  [`{"encryptWith":"a","keys":{"a":"${SECRET}"},"more":1}`, shape],
  [`{"keys":{"a":"${SECRET}"}}`, shape],
  [`{"encryptWith":"a","keys":["${SECRET}"]}`, shape],
  ['{"encryptWith":null,"keys":{}}', 'has 1 to 100 keys, not 0'],
  [`{"encryptWith":"b","keys":{"a":"${SECRET}"}}`, 'has an "encryptWith" that names none of its keys: a'],
  [`{"encryptWith":"a","keys":{"${SECRET}":"a"}}`, 'has an invalid name for key 1; a name is 1 to 40 letters'],
  [
    `{"encryptWith":"a","keys":{"a":"${SECRET.slice(4)}"}}`,
    'has an invalid key "a"; a key is 32 random bytes as base64; make one with',
  ],
  [`{"encryptWith":"a","keys":{"a":"${SECRET}${SECRET}"}}`, 'has an invalid key "a"; a key is 32 random bytes'],
  ['{"encryptWith":"a","keys":{"a":12345678901234567890123}}', 'is not JSON, or has a field twice'],
  [`{"encryptWith":"a","keys":{"a":"${'x'.repeat(20_000)}"}}`, 'is larger than 16384 bytes'],
])('refuses %j at once, and quotes no key', (text, problem) => {
  const read = (): unknown => readPayloadKeys('KEBOOLA_PAYLOAD_KEYS', text);
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(problem);
  try {
    read();
  } catch (error) {
    expect(String(error)).not.toContain(SECRET.slice(4, 20));
    expect(String(error)).not.toContain('12345678');
  }
});

it('finds them by one variable, in a file or in the variable itself', async () => {
  const text = keysText('a', ['a']);
  const file = await keysFile(text);
  expect(payloadKeysFromEnvironment({ KEBOOLA_PAYLOAD_KEYS_FILE: file }).ids).toEqual(['a']);
  expect(payloadKeysFromEnvironment({ KEBOOLA_PAYLOAD_KEYS: text }).ids).toEqual(['a']);
  expect(payloadKeysFromEnvironment({ KEBOOLA_PAYLOAD_KEYS: ' ' })).toMatchObject({ ids: [], encryptWith: undefined });
  expect(() => payloadKeysFromEnvironment({ KEBOOLA_PAYLOAD_KEYS_FILE: file, KEBOOLA_PAYLOAD_KEYS: text })).toThrow(
    'KEBOOLA_PAYLOAD_KEYS_FILE and KEBOOLA_PAYLOAD_KEYS are both set. Unset one.',
  );
  expect(() => payloadKeysFromEnvironment({ KEBOOLA_PAYLOAD_KEYS_FILE: '/no/such' })).toThrow(
    /^Payload keys: \/no\/such cannot be read: ENOENT/,
  );
});

it('warns of a file that every user of the machine may read', async () => {
  const warnings: string[] = [];
  const hear = (warning: Error): unknown => warnings.push(warning.message);
  process.on('warning', hear);
  onTestFinished(() => void process.off('warning', hear));
  const file = join(await tempFolder(), 'keys.json');
  await writeFile(file, keysText('a', ['a']));
  for (const mode of [0o600, 0o644]) {
    await chmod(file, mode);
    payloadKeysFromEnvironment({ KEBOOLA_PAYLOAD_KEYS_FILE: file });
  }
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings).toEqual([`${file} holds payload keys, and every user of this machine may read it: chmod 600 it.`]);
});
