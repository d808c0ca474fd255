import { describe, expect, it } from 'vitest';
import { blobAddress, entranceOf, isHostOf } from '../../../../src/keboola/storage/providers/azure-address.js';

function failureOf(text: string): unknown {
  try {
    return entranceOf(text);
  } catch (error) {
    return error;
  }
}

describe('a connection string', () => {
  it.each([
    'BlobEndpoint=https://a.example/x;SharedAccessSignature=sv=1&sig=a?b',
    'SharedAccessSignature=sv=1&sig=a?b;BlobEndpoint=https://a.example/x',
    'BlobEndpoint=https://a.example/x; SharedAccessSignature=?sv=1&sig=a?b;',
    'BlobEndpoint=https://a.example/x;SharedAccessSignature=sv=1&sig=a?b;BlobEndpointX;nonsense',
  ])('names the place and what lets us in: %s', (text) => {
    expect(entranceOf(text)).toEqual({ endpoint: 'https://a.example/x', signature: 'sv=1&sig=a?b' });
  });

  it.each([
    'SharedAccessSignature=sv=1&sig=s3cret',
    'BlobEndpoint=https://a.example/s3cret',
    'BlobEndpoint=;SharedAccessSignature=sig=s3cret',
    's3cret',
    '',
  ])('that lacks a part is refused and not shown: %j', (text) => {
    const message = 'Keboola names no usable place for a file: its connection string lacks a part.';
    expect(failureOf(text)).toMatchObject({ name: 'SettingsError', message });
  });
});

describe('the address of a blob', () => {
  it.each([
    ['https://a.example', 'https://a.example/c/f%201.csv?sig=1'],
    ['https://a.example/account', 'https://a.example/account/c/f%201.csv?sig=1'],
    ['https://a.example/x/account//', 'https://a.example/x/account/c/f%201.csv?sig=1'],
  ])('lies below %s, with the signature behind it', (endpoint, address) => {
    expect(blobAddress({ endpoint, signature: 'sig=1' }, 'c', 'f 1.csv').href).toBe(address);
  });

  it('keeps the folders of its name, and nothing of it becomes a query', () => {
    const { href } = blobAddress({ endpoint: 'https://a.example', signature: 'sig=1' }, 'c', 'a/b?c');
    expect(href).toBe('https://a.example/c/a/b%3Fc?sig=1');
  });
});

describe('the host of a slice', () => {
  it.each([
    ['https://kbc.blob.core.windows.net', 'kbc.blob.core.windows.net', true],
    ['https://kbc.blob.core.windows.net/', 'KBC.blob.core.windows.net', true],
    ['https://kbc.blob.core.windows.net', 'other.blob.core.windows.net', false],
    ['https://kbc.blob.core.windows.net', 'kbc.blob.core.windows.net.example.com', false],
    ['https://kbc.blob.core.windows.net', 'kbc', false],
    ['https://kbc.blob.core.windows.net', '', false],
    ['http://127.0.0.1:10000/kbc', '127.0.0.1:10000', true],
    ['http://127.0.0.1:10000/kbc', 'kbc.blob.core.windows.net', true],
    ['http://127.0.0.1:10000/kbc', 'kbc', true],
    ['http://127.0.0.1:10000/kbc', '127.0.0.1:1', false],
    ['http://127.0.0.1:10000/kbc', 'kbcother.blob.core.windows.net', false],
    ['http://127.0.0.1:10000', '.blob.core.windows.net', false],
  ])('of %s may be %s: %s', (endpoint, host, isOwn) => {
    expect(isHostOf({ endpoint }, host)).toBe(isOwn);
  });
});
