import { describe, expect, it } from 'vitest';
import { isListed } from '../../../../src/activities/storage/files/import-hosts.js';

describe('a host that a worker may read from', () => {
  it.each([
    ['files.example.com', 'https://files.example.com/orders.csv'],
    ['Files.Example.COM', 'https://files.example.com/orders.csv'],
    ['files.example.com:443', 'https://files.example.com/orders.csv'],
    ['files.example.com', 'https://FILES.example.com:443/orders.csv'],
    ['other.com:8443', 'https://Other.com:8443/orders.csv'],
    ['https://files.example.com/', 'https://files.example.com/orders.csv'],
    ['bücher.example', 'https://xn--bcher-kva.example/orders.csv'],
    ['http://LOCALHOST:80', 'http://localhost/orders.csv'],
  ])('is the same however it is written: %s for %s', (host, address) => {
    expect(isListed(new URL(address), ['elsewhere.example', host])).toBe(true);
  });

  it.each([
    ['files.example.com', 'https://files.example.com:8443/orders.csv'],
    ['files.example.com:8443', 'https://files.example.com/orders.csv'],
    ['example.com', 'https://files.example.com/orders.csv'],
    ['files.example.com', 'http://files.example.com/orders.csv'],
    ['127.0.0.1:80', 'http://127.0.0.1/orders.csv'],
    ['no host at all', 'https://files.example.com/orders.csv'],
    ['', 'https://files.example.com/orders.csv'],
  ])('is not another one: %s for %s', (host, address) => {
    expect(isListed(new URL(address), [host])).toBe(false);
  });
});
