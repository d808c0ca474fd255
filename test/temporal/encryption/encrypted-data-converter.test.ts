import { describe, expect, it } from 'vitest';
import {
  encryptedDataConverter,
  failureConverterPath,
  isOurFailureConverter,
} from '../../../src/temporal/encryption/encrypted-data-converter.js';
import type { PayloadKeys } from '../../../src/temporal/encryption/payload-keys.js';
import { readPayloadKeys } from '../../../src/temporal/encryption/read-keys.js';
import { encrypting, keysText } from '../../support/payload-keys.js';

const ENCRYPTING = readPayloadKeys('test', keysText('one', ['one']));
const DECRYPTING = readPayloadKeys('test', keysText(null, ['one']));

describe('the failure converter', () => {
  it.each<[string, PayloadKeys, object, string | undefined]>([
    ['ours where something is encrypted', ENCRYPTING, {}, failureConverterPath()],
    // As it may come from JavaScript.
    ['ours where the author names none', ENCRYPTING, { failureConverterPath: undefined }, failureConverterPath()],
    ["the author's own", ENCRYPTING, { failureConverterPath: '/app/own.js' }, '/app/own.js'],
    ["the SDK's where nothing is encrypted", DECRYPTING, {}, undefined],
  ])('is %s', (_, keys, own, path) => {
    expect(encryptedDataConverter(keys, own).failureConverterPath).toBe(path);
  });

  it('is known as ours by its place, and not by its name', () => {
    expect(isOurFailureConverter(failureConverterPath())).toBe(true);
    expect(isOurFailureConverter(String(encrypting(keysText('one', ['one'])).failureConverterPath))).toBe(true);
    expect(isOurFailureConverter('/app/src/encryption/failure-converter.js')).toBe(false);
    expect(isOurFailureConverter('/app/src/encryption/failure-converter.ts')).toBe(false);
  });
});
