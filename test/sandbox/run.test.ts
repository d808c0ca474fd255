import { expect, it } from 'vitest';
import { runSandbox } from '../../src/sandbox/index.js';
import { ask, closeLater, run } from './support.js';

it('prints one line of JSON with address and token, and answers by then', async () => {
  const lines: string[] = [];
  const sandbox = closeLater(await runSandbox({ speed: 60 }, (line) => lines.push(line)));
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([{ url: sandbox.url, token: '1134-53044-sandbox' }]);
  expect((await ask(sandbox, '/v2/storage/tokens/verify')).status).toBe(200);
});

it('prints the key too when it listens beyond loopback', async () => {
  const lines: string[] = [];
  const sandbox = closeLater(await runSandbox({ host: '0.0.0.0' }, (line) => lines.push(line)));
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ key: sandbox.key });
});

it('names the option that it cannot use', async () => {
  const refusal = (options: object) => expect(runSandbox(options, () => undefined)).rejects;
  await refusal({ searchLagSeconds: -1 }).toThrow(/^The sandbox option is not valid: searchLagSeconds: /);
  await refusal({ firstTicket: 1.5 }).toThrow(/firstTicket: /);
  await refusal({ timeZone: 'Mars' }).toThrow(/timeZone "Mars"/);
  for (const publicUrl of ['sandbox:8787', 'http://sandbox/?a=b', 'http://sandbox/#a', 'http://me@sandbox']) {
    await refusal({ publicUrl }).toThrow(`publicUrl "${publicUrl}" is not a web address`);
  }
});

it('gives out no id again that an earlier start has given out', async () => {
  const idsOf = async (): Promise<number[]> => {
    const sandbox = await runSandbox({}, () => undefined);
    const ids: number[] = [];
    for (let made = 0; made < 2; made++) ids.push(Number(await run(sandbox, 'success')));
    await sandbox.close();
    return ids;
  };
  const [former, next] = [await idsOf(), await idsOf()];
  expect(Math.min(...next)).toBeGreaterThan(Math.max(...former));
});
