import { describe, expect, it } from 'vitest';
import { parseAddress, placeKind, type PlaceKind } from '../../src/temporal/address.js';

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

describe('the place of a Temporal server', () => {
  it.each<[PlaceKind, string]>([
    ['this-machine', 'localhost:7233'],
    ['this-machine', 'LOCALHOST.'],
    ['this-machine', '127.0.0.1:7233'],
    ['this-machine', '127.1:7233'],
    ['this-machine', '0.0.0.0:7233'],
    ['this-machine', '[::1]:7233'],
    ['this-machine', '[::]:7233'],
    ['this-machine', '[::ffff:127.0.0.1]:7233'],
    ['this-machine', 'temporal.localhost:7233'],
    ['temporal-cloud', 'orders.a1b2c.tmprl.cloud:7233'],
    ['temporal-cloud', 'eu-central-1.aws.api.temporal.io:7233'],
    ['elsewhere', 'localhost.example:7233'],
    ['elsewhere', '[::2]:7233'],
    ['elsewhere', 'https://localhost'],
  ])('is %s for %s', (kind, address) => {
    expect(placeKind(address)).toBe(kind);
  });
});
