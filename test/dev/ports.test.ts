import { createServer, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { assertCanListen, assertPortFree, CannotListenError, freePort, PortInUseError } from '../../src/dev/ports.js';

const use = { likely: 'another Temporal server', option: '--port', hostOption: '--host' };

describe('ports', () => {
  test('a free port can be listened on', async () => {
    const port = await freePort();
    await assertPortFree(port, use);
    const server = await listen(port, '127.0.0.1');
    expect(server.listening).toBe(true);
  });

  test.each(['127.0.0.1', '0.0.0.0'])(
    'a port that somebody holds on %s is reported with its likely holder',
    async (host) => {
      const port = await freePort();
      await listen(port, host);
      await expect(assertPortFree(port, use)).rejects.toThrow(
        `port ${port} is in use, likely by another Temporal server; stop it or pass --port`,
      );
    },
  );

  test('an address that the machine does not have is no busy port, and its option is named', async () => {
    const at = assertCanListen(await freePort(), '203.0.113.7', use);
    await expect(at).rejects.toThrow(CannotListenError);
    await expect(at).rejects.toThrow(/203\.0\.113\.7 \(.*EADDRNOTAVAIL.*\); pass another --host$/);
  });

  test('a port that is held at one address alone is busy there, and the option of the port is named', async () => {
    const port = await freePort();
    await listen(port, '127.0.0.1');
    const at = assertCanListen(port, '127.0.0.1', use);
    await expect(at).rejects.toThrow(PortInUseError);
    await expect(at).rejects.toThrow(/; stop it or pass --port$/);
  });

  test('a port that is for the system alone names its option', async () => {
    asOrdinaryUser();
    await expect(assertPortFree(1, use)).rejects.toThrow(
      /^cannot listen on port 1 \(.*EACCES.*\); pass another --port$/,
    );
  });

  test('a port outside the range that exists is an error, not a busy port', async () => {
    await expect(assertPortFree(70_000, use)).rejects.toThrow(RangeError);
  });
});

/** Until the end of the test: whoever is root may listen everywhere. */
function asOrdinaryUser(): void {
  if (process.geteuid?.() !== 0) return;
  process.seteuid?.(65_534);
  onTestFinished(() => process.seteuid?.(0));
}

function listen(port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    onTestFinished(() => void server.close());
    server.once('error', reject).listen(port, host, () => resolve(server));
  });
}
