import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';
import { expect, it } from 'vitest';
import { asItCame, tellingWhy, undecoded, UndecodedPayload } from '../../../src/job/failure/undecoded.js';
import { rawPayload } from '../../support/raw-payload.js';

const { payload: plain } = rawPayload('binary/encrypted', 'for others');
const encrypted: Payload = { ...plain, metadata: { ...plain.metadata, 'encryption-key-id': Buffer.from('2026') } };

it('a note of why something could not be decoded is read where it is converted, and leaves no trace', () => {
  const noted = undecoded(encrypted, 'another key');
  expect(() => tellingWhy(defaultPayloadConverter).fromPayload(noted)).toThrow(new UndecodedPayload('another key'));
  expect(asItCame(noted)).toEqual(encrypted);
});

it("an author's converter that decrypts by itself is asked first, and the key is named where it throws", () => {
  const own: PayloadConverter = { toPayload: () => plain, fromPayload: () => 'read' as never };
  expect(tellingWhy(own).fromPayload(encrypted)).toBe('read');
  expect(() => tellingWhy(defaultPayloadConverter).fromPayload(encrypted)).toThrow(/key "2026"/);
  expect(() => tellingWhy(defaultPayloadConverter).fromPayload(plain)).toThrow('Unknown encoding');
});
