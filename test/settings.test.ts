import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SettingsError } from '../src/keboola/errors.js';
import { readSettings, type Environment } from '../src/settings.js';

/** Instead of the profile file of whoever runs the tests. */
const NO_FILE = '/none/temporal.toml';

function settingsOf(env: Environment): ReturnType<typeof readSettings> {
  return readSettings({ TEMPORAL_CONFIG_FILE: NO_FILE, ...env });
}

describe('the settings', () => {
  it('have defaults for all that need not be said', () => {
    expect(settingsOf({})).toMatchObject({
      connections: [],
      taskQueue: 'keboola',
      temporal: { address: '127.0.0.1:7233', namespace: 'default' },
    });
  });

  it.each([
    [{ KBC_URL: 'https://k', KBC_TOKEN: ' t ' }],
    [{ KBC_STORAGE_API_URL: 'https://k', KBC_STORAGE_API_TOKEN: 't' }],
    [{ KBC_STORAGE_API_HOST: 'https://k', KBC_TOKEN: 't' }],
    [{ KBC_URL: 'https://k', KBC_STORAGE_API_URL: 'https://other', KBC_TOKEN: 't', KBC_STORAGE_API_TOKEN: 'other' }],
  ])('know Keboola by %j', (env) => {
    const [connection] = settingsOf(env).connections;
    expect(connection).toMatchObject({ name: 'default', url: 'https://k' });
    expect(connection?.token()).toBe('t');
  });

  it('know the run and the branch that they are within', () => {
    expect(settingsOf({})).toMatchObject({ parentRunId: undefined, branchId: undefined });
    expect(settingsOf({ KBC_RUNID: '1.2', KBC_BRANCH_ID: '77' })).toMatchObject({ parentRunId: '1.2', branchId: '77' });
  });

  it('read the token anew each time, so that a renewed one is used', () => {
    const env: Record<string, string> = { TEMPORAL_CONFIG_FILE: NO_FILE, KBC_URL: 'https://k', KBC_TOKEN: 'old' };
    const [connection] = readSettings(env).connections;
    expect(connection?.token()).toBe('old');
    env['KBC_TOKEN'] = 'new';
    expect(connection?.token()).toBe('new');
  });

  it('hold no token as text, so that they can be printed', () => {
    expect(JSON.stringify(settingsOf({ KBC_URL: 'https://k', KBC_TOKEN: 'secret' }))).not.toContain('secret');
  });

  it("take Temporal's own variables and its profile file", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keboola-temporal-settings-'));
    const file = join(folder, 'temporal.toml');
    await writeFile(file, '[profile.prod]\naddress = "temporal.example:7233"\nnamespace = "etl"\n');
    const profile = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'prod' };
    expect(settingsOf(profile).temporal).toMatchObject({ address: 'temporal.example:7233', namespace: 'etl' });
    expect(settingsOf({ ...profile, TEMPORAL_NAMESPACE: 'other' }).temporal.namespace).toBe('other');
    await rm(folder, { recursive: true });
  });

  it('say what is wrong with a profile that does not exist', () => {
    expect(() => settingsOf({ TEMPORAL_PROFILE: 'none' })).toThrow(SettingsError);
    expect(() => settingsOf({ TEMPORAL_PROFILE: 'none' })).toThrow("Profile 'none' not found");
  });
});
