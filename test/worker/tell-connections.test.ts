import { expect, it } from 'vitest';
import type { ConnectionReport } from '../../src/job/questions.js';
import { tellOfStart } from '../../src/worker/tell-connections.js';

const WELL: ConnectionReport = { name: 'shop', url: 'https://k', project: { id: '7', name: 'Shop' } };
const HEAD = 'Keboola, connection shop';
const SHOP = `${HEAD}: project Shop (7) at https://k`;

function told(report: ConnectionReport): string[] {
  const lines: string[] = [];
  tellOfStart((level, sentence, facts) => {
    lines.push(`${level} ${sentence}`);
    expect(facts).toEqual({ connection: report.name });
  }, report);
  return lines;
}

it('a connection that is well is told of in one line', () => {
  expect(told(WELL)).toEqual([`INFO ${SHOP}`]);
});

it('a connection warns of each thing that cannot be done by it', () => {
  const warnings = ['It cannot sing.', 'It cannot dance.'];
  expect(told({ ...WELL, warnings })).toEqual([`INFO ${SHOP}`, ...warnings.map((one) => `WARN ${HEAD}: ${one}`)]);
});

it('a connection whose project answers and refuses most jobs is a warning, with what to do', () => {
  const refused = { ...WELL, problem: 'createFence does not exist', advice: 'Correct it.' };
  expect(told(refused)).toEqual([`WARN ${SHOP}; but createFence does not exist. Correct it.`]);
});

it('a connection is told of in sentences that end once', () => {
  const bad = { name: 'shop', url: 'https://k', problem: 'There is no token. Set KBC_TOKEN.', advice: 'Wait.' };
  expect(told(bad)).toEqual([`ERROR ${HEAD}: cannot be used at https://k: There is no token. Set KBC_TOKEN. Wait.`]);
});

it('a connection that cannot be used is an error, with what to do', () => {
  const bad = { name: 'shop', url: 'https://k', problem: 'nobody answers', advice: 'Wait.' };
  expect(told(bad)).toEqual([`ERROR ${HEAD}: cannot be used at https://k: nobody answers. Wait.`]);
});
