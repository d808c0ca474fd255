// A Keboola that lives in the time of a Temporal server that leaps over what nobody works in.
//
//   leaping-sandbox.js ADDRESS
import process, { argv } from 'node:process';
import { Connection } from '@temporalio/client';
import { InternalConnectionOptionsSymbol } from '@temporalio/client/lib/connection.js';
import { startSandbox } from '../../../dist/sandbox/index.js';

process.on('disconnect', () => process.exit());
const { testService } = await Connection.connect({
  address: argv[2],
  channelArgs: { 'grpc.enable_http_proxy': 0 },
  [InternalConnectionOptionsSymbol]: { supportsTestService: true },
});
await testService.unlockTimeSkipping({});
const clock = {
  async now() {
    const { time } = await testService.getCurrentTime({});
    return Number(time.seconds) * 1_000 + Math.floor(time.nanos / 1e6);
  },
};
const { url, token } = await startSandbox({ workers: 100_000, parallelLimit: 'off', clock });
process.send([{ url, token }]);
