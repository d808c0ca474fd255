import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeSpans, tableRows } from '../support/document-tables.js';
import { panelsOf } from './support/dashboard.js';
import { operatorsJob, shippedJob } from './support/discovery.js';
import { rulesOf, scaledRules, type Rule } from './support/scaled-rules.js';

const PAGE = 'docs/operations.md';
const RULES = 'deploy/alerts.yaml';
const DASHBOARD = 'deploy/grafana/keboola-temporal.json';

let page: string;
let rules: Rule[];
/** What the page for operators names; `test/e2e/metrics.test.ts` holds it to what a worker shows. */
let documented: Set<string>;

beforeAll(async () => {
  page = await readFile(PAGE, 'utf8');
  rules = rulesOf(await readFile(RULES, 'utf8'));
  const spans = tableRows(page).flatMap(({ cells: [name = ''] }) => codeSpans(name));
  documented = new Set(spans.map((span) => span.replace(/\{.*$/, '')));
});

/** Names of metrics in a query, those of Prometheus itself aside. */
function metricsIn(query: string): string[] {
  const names = query.match(/\b(?:keboola|temporal)_\w+/g) ?? [];
  return names.map((name) => name.replace(/_(?:bucket|sum|count)$/, ''));
}

describe('an alert', () => {
  it('has a section for whoever is paged, and each such section has its alert', () => {
    const sections = [...page.matchAll(/^### (Keboola\w+)$/gm)].map(([, name]) => name);
    expect(sections.sort()).toEqual(rules.map(({ alert }) => alert).sort());
    const anchors = rules.map(({ annotations }) => annotations['runbook_url']?.split('docs/operations.md#')[1]);
    expect(anchors).toEqual(rules.map(({ alert }) => alert.toLowerCase()));
  });

  it('says what is wrong, what that means, and how much it matters', () => {
    const silent = rules.filter(({ annotations, labels }) => {
      const { summary = '', description = '' } = annotations;
      return summary === '' || description === '' || !/^(?:critical|warning|info)$/.test(labels['severity'] ?? '');
    });
    expect(silent.map(({ alert }) => alert)).toEqual([]);
  });

  it('looks at metrics that the page for operators names', () => {
    const unknown = rules.flatMap(({ expr }) => metricsIn(expr)).filter((name) => !documented.has(name));
    expect(unknown).toEqual([]);
    expect(rules.filter(({ expr }) => metricsIn(expr).length === 0).map(({ alert }) => alert)).toEqual([
      'KeboolaTemporalWorkerDown',
    ]);
  });

  it('has tests with its name', async () => {
    const tests = await readFile('deploy/alerts.test.yaml', 'utf8');
    expect(rules.filter(({ alert }) => !tests.includes(`alertname="${alert}"`)).map(({ alert }) => alert)).toEqual([]);
  });
});

it('the dashboard shows metrics that the page for operators names, and every one of ours', async () => {
  const shown = (await panelsOf(DASHBOARD)).flatMap(({ queries }) => queries.flatMap(metricsIn));
  expect(shown.filter((name) => !documented.has(name))).toEqual([]);
  const ours = [...documented].filter((name) => name.startsWith('keboola_'));
  expect(ours.filter((name) => !shown.includes(name))).toEqual([]);
});

it('the job of the workers has one name, in rules, dashboard and whatever tells Prometheus where they are', async () => {
  const shown = (await panelsOf(DASHBOARD)).flatMap(({ queries }) => queries);
  const asked = [...rules.map(({ expr }) => expr), ...shown].join('\n');
  const wanted = new Set([...asked.matchAll(/\bjob="([^"]+)"/g)].map(([, name]) => name));
  expect(wanted).toEqual(new Set(['keboola-temporal']));
  const ofOperator = operatorsJob().relabel_configs.findLast((one) => one['target_label'] === 'job');
  const inPage = /job_name: (\S+)/.exec(page)?.[1];
  expect([shippedJob().job_name, ofOperator?.['replacement'], inPage]).toEqual(Array(3).fill('keboola-temporal'));
});

it('the rules that are tested differ from those that are shipped in their durations alone', async () => {
  const seconds = (text: string): string => text.replace(/\d+[ms]\b/g, 'T');
  const scaled = rulesOf(scaledRules(await readFile(RULES, 'utf8')));
  expect(scaled.map(({ expr }) => seconds(expr))).toEqual(rules.map(({ expr }) => seconds(expr)));
  expect(scaled.every(({ for: wait = '', expr }) => /^[15]s$/.test(wait) && !/\dm\b/.test(expr))).toBe(true);
  expect(scaled.filter(({ for: wait }) => wait === '5s').map(({ alert }) => alert)).toEqual([
    'KeboolaTemporalWorkerDown',
  ]);
});
