import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInFixture } from '../../src/sandbox/index.js';
import { faultSchema } from '../../src/sandbox/faults/fault.js';
import { ROUTE_NAMES } from '../../src/sandbox/faults/route-names.js';
import { createFixture } from '../../src/sandbox/fixture/fixture.js';
import { DEFAULT_SETTINGS, KILL_STYLES } from '../../src/sandbox/settings.js';
import { sandboxSchemas } from '../../src/sandbox/schemas.js';
import { ask, pausedSandbox } from './support.js';

const TEXT = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');

/** Between backticks, alone or with something after it. */
const names = (word: string): boolean => TEXT.includes(`\`${word}\``) || TEXT.includes(`\`${word} `);
const keysOf = (schema: string): string[] =>
  Object.keys((sandboxSchemas()[schema] as { properties: object }).properties).filter((key) => key !== '$schema');

describe('docs/sandbox.md', () => {
  it('names every key of scripts, faults and settings, and every word they take', () => {
    const schemas = ['script', 'fault', 'settings'].map((name) => `sandbox-${name}.schema.json`);
    const words = [...schemas.flatMap(keysOf), ...KILL_STYLES, ...ROUTE_NAMES].filter((word) => word !== 'when');
    expect(words.filter((word) => !names(word))).toEqual([]);
    expect(TEXT).toContain('"when"');
  });

  it('names every token, component, configuration and counter', async () => {
    const { components, projects } = builtInFixture;
    const sandbox = await pausedSandbox();
    const words = [
      ...components.map(({ id }) => id),
      ...projects.flatMap(({ tokens }) => tokens.map(({ token }) => token)),
      ...projects.flatMap(({ configurations = [] }) => configurations.map(({ id }) => id)),
      ...Object.keys(sandbox.counters),
    ];
    expect(words.filter((word) => !names(word))).toEqual([]);
  });

  it('tells the defaults that are', () => {
    const chapter = TEXT.slice(TEXT.indexOf('\n## Settings')).split('\n');
    for (const [setting, value] of Object.entries(DEFAULT_SETTINGS)) {
      const row = chapter.find((line) => line.startsWith(`| \`${setting}\` `));
      // A start takes its time, so that no two give out the same ids.
      const told = setting === 'firstTicket' ? 'time of start' : String(value);
      const shown = row?.split('|')[2]?.trim().replaceAll('`', '').replaceAll('"', '');
      expect([setting, shown]).toEqual([setting, told]);
    }
  });

  it('has only examples that the sandbox takes', () => {
    const blocks = [...TEXT.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => JSON.parse(text) as object);
    const faults = blocks.filter((block) => 'route' in block);
    const fixtures = blocks.filter((block) => 'settings' in block || 'projects' in block);
    expect([faults.length, fixtures.length, blocks.length]).toEqual([6, 2, 8]);
    for (const fault of faults) expect(() => faultSchema.parse(fault)).not.toThrow();
    for (const fixture of fixtures) expect(() => createFixture(fixture)).not.toThrow();
  });

  it('names only control routes that answer', async () => {
    const sandbox = await pausedSandbox();
    const paths = [...TEXT.matchAll(/\/_sandbox\/(\w+)/g)].map(([, path = '']) => path);
    expect(new Set(paths).size).toBeGreaterThan(5);
    for (const path of new Set(paths)) {
      const method = path === 'reset' ? 'POST' : 'GET';
      expect([path, (await ask(sandbox, `/_sandbox/${path}`, { method })).status]).toEqual([path, 200]);
    }
  });
});
