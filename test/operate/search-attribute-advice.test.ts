import { describe, expect, it } from 'vitest';
import { searchAttributeAdvice, withAdvice } from '../../src/operate/search-attribute-advice.js';
import { SearchAttributesUnusable } from '../../src/temporal/search-attributes.js';

const CLOUD = { address: 'eu-central-1.aws.api.temporal.io:7233', namespace: 'production.a1b2c' };
const OWN = { address: 'temporal.example:7233', namespace: 'jobs' };
const MISSING = [{ name: 'KeboolaProject' }, { name: 'KeboolaStatus' }];
const WRONG = [{ name: 'KeboolaStatus', type: 'Bool' }];
const ADD = 'tcld namespace search-attributes add --namespace production.a1b2c';

describe('what to do about search attributes', () => {
  it('on Temporal Cloud is for its own tool', () => {
    expect(searchAttributeAdvice(MISSING, CLOUD)).toContain(
      `${ADD} --search-attribute KeboolaProject=Keyword --search-attribute KeboolaStatus=Keyword`,
    );
    const wrong = searchAttributeAdvice(WRONG, CLOUD);
    expect(wrong).toContain(
      'tcld namespace search-attributes rename --namespace production.a1b2c --existing-name NAME',
    );
    expect(wrong).toContain(`${ADD} --search-attribute KeboolaStatus=Keyword`);
    expect([wrong, searchAttributeAdvice(MISSING, CLOUD)].join()).not.toContain('temporal operator');
  });

  it("elsewhere is for Temporal's command line, and ours", () => {
    expect(searchAttributeAdvice(MISSING, OWN)).toContain('Register them with `keboola-temporal setup`.');
    expect(searchAttributeAdvice([...MISSING.slice(0, 1), ...WRONG], OWN)).toContain(
      '`temporal operator search-attribute remove --address temporal.example:7233 --namespace jobs --name KeboolaStatus`',
    );
  });

  it('says that jobs run meanwhile', () => {
    for (const place of [CLOUD, OWN])
      expect(searchAttributeAdvice(MISSING, place)).toMatch(/^Jobs still run without them, but lists filtered/);
  });
});

it('an error about something else stays as it is', () => {
  const error = new Error('no');
  expect(withAdvice(error, OWN)).toBe(error);
});

it('a refusal is told once, with what to do', () => {
  const refusal = new Error('7 PERMISSION_DENIED: Request unauthorized.');
  expect(String(withAdvice(new SearchAttributesUnusable(MISSING, refusal), OWN))).toBe(
    'SearchAttributesUnusable: Cannot register search attributes: 7 PERMISSION_DENIED: Request unauthorized. ' +
      'Jobs still run without them, but lists filtered by component, status or job id will not show them. ' +
      'Whoever may register them does it with: ' +
      'temporal operator search-attribute create --address temporal.example:7233 --namespace jobs ' +
      '--name KeboolaProject --type Keyword --name KeboolaStatus --type Keyword',
  );
});
