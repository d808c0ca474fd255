import { createSecretKey, webcrypto } from 'node:crypto';
import { inspect } from 'node:util';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { expect, it } from 'vitest';
import { encryptedDataConverter } from '../../../src/temporal/encryption/encrypted-data-converter.js';
import { EncryptionCodec } from '../../../src/temporal/encryption/encryption-codec.js';
import { PayloadKeyError } from '../../../src/temporal/encryption/payload-key-error.js';
import { payloadKey, PayloadKeys, type PayloadKey } from '../../../src/temporal/encryption/payload-keys.js';

const bytesOf = (fill: number): Buffer => Buffer.alloc(32, fill);
const one = payloadKey('one', bytesOf(1));
const two = payloadKey('two', bytesOf(2));
const codecOf = (keys: PayloadKey[], encryptWith?: PayloadKey): EncryptionCodec =>
  new EncryptionCodec(new PayloadKeys(keys, encryptWith));
const plain: Payload = defaultPayloadConverter.toPayload({ secret: 'canary' });
const shown = ({ metadata, data }: Payload): unknown => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString()]),
  ),
  data: Buffer.from(data ?? []).toString(),
});

/** As the encryption samples of Temporal write it, with another implementation of the cipher than ours. */
async function asInSamples(payload: Payload, bytes: Uint8Array): Promise<Payload> {
  const key = await webcrypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt']);
  const iv = webcrypto.getRandomValues(new Uint8Array(12));
  const text = proto.temporal.api.common.v1.Payload.encode(payload).finish();
  const data = await webcrypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text);
  return {
    metadata: { encoding: Buffer.from('binary/encrypted'), 'encryption-key-id': Buffer.from('one') },
    data: Buffer.concat([iv, Buffer.from(data)]),
  };
}

it('opens what it has closed, and shows of it the name of the key alone', async () => {
  const codec = codecOf([one], one);
  const [closed = {}] = await codec.encode([plain]);
  expect(Object.keys(closed.metadata ?? {})).toEqual(['encoding', 'encryption-key-id']);
  expect(shown(closed)).toMatchObject({ metadata: { encoding: 'binary/encrypted', 'encryption-key-id': 'one' } });
  expect(inspect(shown(closed))).not.toContain('canary');
  expect((await codec.decode([closed])).map(shown)).toEqual([shown(plain)]);
});

it('never closes the same payload the same way twice', async () => {
  const closed = await codecOf([one], one).encode([plain, plain]);
  expect(new Set(closed.map(({ data }) => Buffer.from(data ?? []).toString('hex')))).toHaveLength(2);
});

it('reads what the samples of Temporal for encryption write', async () => {
  const written = await asInSamples(plain, bytesOf(1));
  expect((await codecOf([one]).decode([written])).map(shown)).toEqual([shown(plain)]);
});

it('writes with one key and reads with all', async () => {
  const before = await codecOf([one], one).encode([plain]);
  const rotated = codecOf([one, two], two);
  const [after = {}] = await rotated.encode([plain]);
  expect(shown(after)).toMatchObject({ metadata: { 'encryption-key-id': 'two' } });
  expect((await rotated.decode([...before, after])).map(shown)).toEqual([shown(plain), shown(plain)]);
});

it('lets plain payloads pass, and those of others that name no key', async () => {
  const others = { metadata: { encoding: Buffer.from('binary/encrypted') }, data: Buffer.from('x') };
  expect(await codecOf([one], one).decode([plain, others])).toEqual([plain, others]);
});

it('writes as ever where no key is chosen for that', async () => {
  expect(await codecOf([one]).encode([plain])).toEqual([plain]);
});

it('names the key that it lacks, and those that it has', async () => {
  const closed = await codecOf([one], one).encode([plain]);
  const error: unknown = await codecOf([two])
    .decode(closed)
    .catch((problem: unknown) => problem);
  expect(error).toBeInstanceOf(PayloadKeyError);
  expect(error).toMatchObject({ keyId: 'one' });
  expect((error as Error).message).toContain('the key "one", but this process has other keys: two. Give every worker');
  await expect(codecOf([]).decode(closed)).rejects.toThrow('the key "one", but this process has no keys.');
});

it.each<[string, (data: Uint8Array) => Uint8Array]>([
  ['another key of the same name', (data) => data],
  ['a bit that has tipped over', (data) => data.with(20, (data[20] ?? 0) ^ 1)],
  ['an end that is cut off', (data) => data.subarray(0, -1)],
  ['less than nonce and tag', (data) => data.subarray(0, 20)],
  ['nothing at all', () => new Uint8Array()],
])('does not open with %s, and says for which key', async (what, change) => {
  const [closed = {}] = await codecOf([one], one).encode([plain]);
  const key = what.startsWith('another') ? { id: 'one', key: two.key } : one;
  const changed = { ...closed, data: change(new Uint8Array(closed.data ?? [])) };
  await expect(codecOf([key]).decode([changed])).rejects.toMatchObject({ name: 'PayloadKeyError', keyId: 'one' });
});

it('a key shows itself in no log', () => {
  const bytes = Buffer.from('0123456789abcdef0123456789abcdef');
  const keys = new PayloadKeys([payloadKey('k', bytes)], payloadKey('k', Buffer.from(bytes)));
  expect(bytes).toEqual(bytesOf(0));
  expect(`${inspect(keys, { depth: 9, showHidden: true })}${JSON.stringify(keys)}`).not.toContain('0123456789');
  expect(createSecretKey(Buffer.alloc(32)).export()).toHaveLength(32);
});

it('comes behind the codecs of an author, and takes the place of no converter of theirs', () => {
  const own = { encode: (all: Payload[]) => Promise.resolve(all), decode: (all: Payload[]) => Promise.resolve(all) };
  const keys = new PayloadKeys([one], one);
  const { payloadCodecs, failureConverterPath, payloadConverterPath } = encryptedDataConverter(keys, {
    payloadCodecs: [own],
    payloadConverterPath: '/mine',
    failureConverterPath: '/mine-too',
  });
  expect({ failureConverterPath, payloadConverterPath }).toEqual({
    failureConverterPath: '/mine-too',
    payloadConverterPath: '/mine',
  });
  expect(payloadCodecs?.[0]).toBe(own);
  expect(payloadCodecs?.[1]).toBeInstanceOf(EncryptionCodec);
  expect(encryptedDataConverter(new PayloadKeys([one], undefined))).not.toHaveProperty('failureConverterPath');
});

it('closes nothing twice: what could not be opened is handed on as it is', async () => {
  const closed = await codecOf([two], two).encode([plain]);
  expect(await codecOf([one], one).encode(closed)).toEqual(closed);
});
