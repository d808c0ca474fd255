import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder.js';
import { runPrometheusTool } from './support/promtool.js';

it('the rules are rules', async () => {
  expect(await runPrometheusTool('promtool', ['check', 'rules', 'deploy/alerts.yaml'])).toContain('SUCCESS');
});

it('the tests that are shipped with them pass', async () => {
  expect(await runPrometheusTool('promtool', ['test', 'rules', 'deploy/alerts.test.yaml'])).toContain('SUCCESS');
});

it('those tests notice a rule that never fires, and one that always does', async () => {
  const rules = await readFile('deploy/alerts.yaml', 'utf8');
  const mutants = [
    rules.replace('keboola_kills_not_confirmed_total[15m])) > 0', 'keboola_kills_not_confirmed_total[15m])) > 100'),
    rules.replace(/\n +or sum\(keboola_kills_not_confirmed_total unless .*/, ''),
    rules.replace(' unless last_over_time(keboola_creations_total[30m] offset 30m)', ''),
    rules.replaceAll(' unless last_over_time(keboola_jobs_total[30m] offset 30m)', ''),
    rules.replace('up{job="keboola-temporal"} == 0', 'up{job="keboola-temporal"} <= 1'),
    rules.replace(' or absent(up{job="keboola-temporal"})', ''),
  ];
  for (const mutant of mutants) {
    expect(mutant).not.toBe(rules);
    const folder = await tempFolder();
    await writeFile(join(folder, 'alerts.yaml'), mutant);
    await cp('deploy/alerts.test.yaml', join(folder, 'alerts.test.yaml'));
    await expect(runPrometheusTool('promtool', ['test', 'rules', join(folder, 'alerts.test.yaml')])).rejects.toThrow(
      'FAILED',
    );
  }
}, 600_000);

it('whoever lacks a program of Prometheus is told how to get it', async () => {
  await expect(runPrometheusTool('promtool-that-is-not-there', [])).rejects.toThrow('apt-get install prometheus');
});
