// Passes on what it gets, in each direction no more bytes a second than said, however many connections there are.
//
//   limited.js TARGET_PORT BYTES_PER_SECOND
import { createServer, connect } from 'node:net';
import process, { argv } from 'node:process';

const [, , targetPort, bytesPerSecond] = argv.map(Number);
/** Timers are no finer than a millisecond, so that a few milliseconds may be sent at once. */
const AHEAD_MS = 5;

process.on('disconnect', () => process.exit());
const server = createServer((client) => {
  const store = connect(targetPort, '127.0.0.1');
  for (const socket of [client, store]) {
    socket.setNoDelay(true);
    socket.on('error', () => undefined).on('close', () => void (client.destroy(), store.destroy()));
  }
  pass(client, store, up);
  pass(store, client, down);
});
const [up, down] = [{ freeAtMs: 0 }, { freeAtMs: 0 }];
server.listen(0, '127.0.0.1', () => process.send(`http://127.0.0.1:${server.address().port}`));

function pass(from, to, budget) {
  from.on('data', (piece) => {
    const nowMs = performance.now();
    budget.freeAtMs = Math.max(budget.freeAtMs, nowMs) + (piece.byteLength / bytesPerSecond) * 1_000;
    const isTaken = to.write(piece);
    const restMs = budget.freeAtMs - nowMs - AHEAD_MS;
    if (isTaken && restMs <= 0) return;
    from.pause();
    const goOn = () => setTimeout(() => from.resume(), Math.max(0, budget.freeAtMs - performance.now() - AHEAD_MS));
    if (isTaken) goOn();
    else to.once('drain', goOn);
  });
  from.on('end', () => to.end());
}
