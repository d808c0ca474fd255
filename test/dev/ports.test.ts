import { createServer, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { assertPortFree, freePort } from '../../src/dev/ports.js';

const use = { likely: 'another Temporal server', option: '--port' };

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

  test('a port outside the range that exists is an error, not a busy port', async () => {
    await expect(assertPortFree(70_000, use)).rejects.toThrow(RangeError);
  });
});

function listen(port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    onTestFinished(() => void server.close());
    server.once('error', reject).listen(port, host, () => resolve(server));
  });
}
