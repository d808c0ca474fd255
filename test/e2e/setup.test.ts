import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startDevServer, type DevServer } from '../../src/dev/dev-server.js';
import { GRPC } from '../../src/temporal/grpc-cause.js';
import { makeAuthority } from '../support/certificates.js';
import { openCliLab, type CliLab } from '../support/cli-lab.js';
import { startConnectProxy, tunnelTo } from '../support/connect-proxy.js';
import { eventually } from '../support/eventually.js';
import { startGrpcFront, type GrpcFrontOptions } from '../support/grpc-front.js';
import { required } from '../support/required.js';
import { tempFolder } from '../support/temp-folder.js';

const CLOUD_HOST = 'production.a1b2c.tmprl.cloud';
const RUNS_ON = 'Jobs still run without them, but lists filtered by component, status or job id will not show them.';

let lab: CliLab;
/** One of our names is registered as something else, the others are not registered. */
let wrong: DevServer;
/** Without room for another one. */
let full: DevServer;

beforeAll(async () => {
  const { cli } = required(inject('devServer'));
  const taken = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`Taken${index}`, 'Keyword' as const]));
  [lab, wrong, full] = await Promise.all([
    openCliLab(),
    startDevServer({ cli, headless: true, searchAttributes: { KeboolaStatus: 'Bool' } }),
    startDevServer({ cli, headless: true, searchAttributes: taken }),
  ]);
});
afterAll(async () => {
  await Promise.all([lab.close(), wrong.stop(), full.stop()]);
});

/** As a server refuses an account that may not register any. */
const refusing =
  (code: number): GrpcFrontOptions['refuse'] =>
  ({ method }) =>
    method === 'AddSearchAttributes' ? { code, words: 'Request unauthorized.' } : undefined;

describe('`setup` where search attributes may not be registered', () => {
  it.each([
    ['PERMISSION_DENIED', GRPC.permissionDenied, 2],
    ['UNIMPLEMENTED', GRPC.unimplemented, 1],
  ])('tells the refusal %s, that jobs run, and what to ask for', async (name, code, exitCode) => {
    const { address } = await startGrpcFront(wrong.address, { refuse: refusing(code) });
    const end = await lab.run(['setup'], { TEMPORAL_ADDRESS: address });
    expect(end.stderr).toContain(
      `Cannot register search attributes: ${code} ${name}: Request unauthorized. ${RUNS_ON} Whoever may register them ` +
        `does it with: temporal operator search-attribute create --address ${address} --namespace default --name KeboolaProject`,
    );
    expect(end.code).toBe(exitCode);
  });

  it('tells who has no account for that on Temporal Cloud of its own tool', async () => {
    const authority = makeAuthority();
    const tls = authority.issue([`DNS:${CLOUD_HOST}`]);
    const front = await startGrpcFront(wrong.address, { tls, refuse: refusing(GRPC.permissionDenied) });
    const proxy = await startConnectProxy(tunnelTo(Number(front.address.split(':')[1])));
    const trusted = join(await tempFolder(), 'authority.pem');
    await writeFile(trusted, authority.cert);
    const env = {
      TEMPORAL_ADDRESS: `${CLOUD_HOST}:7233`,
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: trusted,
      // As gRPC has it for itself.
      grpc_proxy: proxy.url,
    };
    const { stderr, code } = await lab.run(['setup'], env);
    expect(stderr).toContain(
      `${RUNS_ON} Whoever may register them does it with: tcld namespace search-attributes add --namespace default ` +
        '--search-attribute KeboolaProject=Keyword',
    );
    expect(stderr).not.toContain('temporal operator');
    expect(code).toBe(2);
    expect(proxy.asked).toContain(`${CLOUD_HOST}:7233`);
  });

  it('says that there is no room, and nothing by hand that would be refused as well', async () => {
    const { stderr } = await lab.run(['setup'], { TEMPORAL_ADDRESS: full.address });
    expect(stderr).toMatch(/cannot have more than 10 search attributes? of type Keyword/);
    expect(stderr).toContain(
      `${RUNS_ON} The namespace has no room for more of type Keyword (a dev server has ten): remove`,
    );
    expect(stderr).not.toContain('search-attribute create');
  });
});

describe('a search attribute of another type', () => {
  const advice = (): string =>
    `temporal operator search-attribute remove --address ${wrong.address} --namespace default --name KeboolaStatus`;

  it('is told by `setup`, which registers the others', async () => {
    const { code, stderr } = await lab.run(['setup'], { TEMPORAL_ADDRESS: wrong.address });
    expect(stderr).toContain(`KeboolaStatus is registered as Bool, but must be Keyword. ${RUNS_ON}`);
    expect(stderr).toContain(advice());
    expect(code).toBe(1);
  });

  it('is told by `doctor`, too', async () => {
    await eventually(async () => {
      const { stdout } = await lab.run(['doctor'], { TEMPORAL_ADDRESS: wrong.address });
      expect(stdout).toContain('FAIL  Search attributes: KeboolaStatus is registered as Bool, but must be Keyword\n');
      expect(stdout).toContain(`${RUNS_ON} Where nothing else needs them, remove them with \`${advice()}\``);
    });
  });
});
