import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { freePort } from '../../src/dev/ports.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { keysFile, keysText } from '../support/payload-keys.js';
import type { Environment } from '../support/processes.js';
import { required } from '../support/required.js';

const TOKEN = 'token7-token7-token7';

let lab: CliLab;
let env: Environment;

beforeAll(async () => {
  lab = await openCliLab();
  env = { KEBOOLA_PAYLOAD_KEYS_FILE: await keysFile(keysText('2026', ['2026'])) };
});
afterAll(() => lab.close());

it("Temporal's own command line shows through it what is encrypted, and nothing without it", async () => {
  await lab.startWorker(env);
  const key = lab.unique('shown');
  await lab.run([...lab.scripted({ durationSeconds: 1, message: 'what nobody else may read' }), '--key', key], env);
  const port = await freePort();
  const codec = lab.start(['codec-server', '--port', String(port)], { ...env, KEBOOLA_CODEC_TOKEN: TOKEN });
  await codec.says(`http://127.0.0.1:${port}/$KEBOOLA_CODEC_TOKEN`);
  const history = async (...args: string[]): Promise<string> => {
    const show = [
      'workflow',
      'show',
      '--workflow-id',
      lab.scriptedId(key),
      '--address',
      lab.address,
      '--output',
      'json',
    ];
    const { stdout } = await lab.processes.start(required(inject('devServer')).cli, [...show, ...args]).end();
    // It shows payloads in base64 there.
    return stdout.replace(/"data": "([^"]+)"/g, (_, data: string) => Buffer.from(data, 'base64').toString());
  };
  const endpoint = ['--codec-endpoint', `http://127.0.0.1:${port}`];
  expect(await history(...endpoint, '--codec-auth', `Bearer ${TOKEN}`)).toContain('what nobody else may read');
  expect(await history()).toContain('eventType');
  expect(await history()).not.toContain('what nobody else may read');
  expect(await history(...endpoint, '--codec-auth', 'Bearer wrong')).not.toContain('what nobody else may read');
  expect(lab.processes.words).not.toContain(TOKEN);
  expect((await codec.signal('SIGTERM').end()).code).toBe(0);
});

it('draws a token where none is given, and prints what the Web UI is told', async () => {
  const codec = lab.start(['--json', 'codec-server', '--port', '0', '--origin', 'https://cloud.temporal.io'], env);
  await codec.says('}');
  const { url, endpoint, origins } = JSON.parse(codec.stdout) as { url: string; endpoint: string; origins: string[] };
  expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{48}$/);
  expect(origins).toEqual(['https://cloud.temporal.io']);
  const ask = async (base: string): Promise<number> => {
    const headers = { 'content-type': 'application/json', origin: 'https://cloud.temporal.io' };
    return (await fetch(`${base}/decode`, { method: 'POST', headers, body: '{"payloads":[]}' })).status;
  };
  expect(await ask(endpoint)).toBe(200);
  expect(await ask(url)).toBe(401);
});

it.each([
  [[], {}, 'No keys: set KEBOOLA_PAYLOAD_KEYS_FILE.'],
  [['--origin', 'https://x.example/path'], undefined, '--origin is scheme, host and port'],
  [['--origin', '*'], undefined, '--origin is scheme, host and port'],
  [['--host', '203.0.113.1'], undefined, 'see --host and --port'],
])('refuses %j', async (args, own, problem) => {
  const { code, stderr } = await lab.run(['codec-server', '--port', '0', ...args], own ?? env);
  expect(stderr).toContain(problem);
  expect(code).toBe(2);
});

it.each(['short', 'fifteen-letters', 'a token with / and spaces'])('refuses the token %j', async (token) => {
  const { code, stderr } = await lab.run(['codec-server', '--port', '0'], { ...env, KEBOOLA_CODEC_TOKEN: token });
  expect(stderr).toContain('KEBOOLA_CODEC_TOKEN is 16 to 200 letters');
  expect(stderr).not.toContain(token);
  expect(code).toBe(2);
});
