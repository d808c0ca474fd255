import { describe, expect, it, onTestFinished } from 'vitest';
import { connectionFinding } from '../../src/cli/doctor/worker-findings.js';
import { reportOf } from '../../src/keboola/connection/connection-report.js';
import { Connections } from '../../src/keboola/connections.js';
import { makeAuthority } from '../support/certificates.js';
import { startTlsFront } from '../support/tls-front.js';

const YESTERDAY = new Date(Date.now() - 86_400_000);
const HTTP = { ALPNProtocols: ['http/1.1'] };

describe('a certificate that is not trusted', () => {
  it.each([
    ['was issued by an authority that nobody knows', ['DNS:localhost'], undefined, /not trusted .*NODE_EXTRA_CA_CERTS/],
    ['is for another name', ['DNS:elsewhere.example'], undefined, /certificate of https:\/\/localhost:\d+/],
    ['has expired', ['DNS:localhost'], YESTERDAY, /certificate of https:\/\/localhost:\d+/],
  ])('is told as that, and not as an address to check, when it %s', async (_, names, notAfter, words) => {
    const port = await startTlsFront('127.0.0.1:1', { ...makeAuthority().issue(names, notAfter), ...HTTP });
    const connections = new Connections([{ name: 'default', url: `https://localhost:${port}`, token: () => 'x' }]);
    onTestFinished(() => connections.close());
    const report = await reportOf(connections.get('default'));
    expect(report).toMatchObject({ problem: expect.stringMatching(words) as unknown, unreachable: true });
    expect(JSON.stringify(connectionFinding(report))).not.toContain('KBC_URL');
  });
});
