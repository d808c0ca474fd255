import { homedir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { defaultCacheFolder } from '../../../src/dev/install/cache-folder.js';

describe('defaultCacheFolder', () => {
  test('lies under XDG_CACHE_HOME when that is set', () => {
    expect(defaultCacheFolder({ XDG_CACHE_HOME: '/var/cache/me', HOME: '/home/me' })).toBe(
      '/var/cache/me/keboola-temporal',
    );
  });

  test('lies under ~/.cache without it, and with a relative one', () => {
    expect(defaultCacheFolder({ HOME: '/home/me' })).toBe('/home/me/.cache/keboola-temporal');
    expect(defaultCacheFolder({ XDG_CACHE_HOME: 'cache', HOME: '/home/me' })).toBe('/home/me/.cache/keboola-temporal');
    expect(defaultCacheFolder({})).toBe(`${homedir()}/.cache/keboola-temporal`);
  });
});
