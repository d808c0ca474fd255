import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/temporal/address.js';

describe('the address of a Temporal server', () => {
  it.each([
    ['temporal.example', { host: 'temporal.example', port: 7233 }],
    ['127.0.0.1:1', { host: '127.0.0.1', port: 1 }],
    ['127.0.0.1:65535', { host: '127.0.0.1', port: 65_535 }],
    ['[::1]:7233', { host: '::1', port: 7233 }],
  ])('is read: %s', (address, place) => {
    expect(parseAddress(address)).toEqual(place);
  });

  it.each(['', 'https://temporal.example:7233', '127.0.0.1:0', '127.0.0.1:65536', '127.0.0.1:99999', '127.0.0.1:x'])(
    'is none: %j',
    (address) => {
      expect(parseAddress(address)).toBeUndefined();
    },
  );
});
