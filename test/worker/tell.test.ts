import { Runtime } from '@temporalio/worker';
import { expect, it, onTestFinished, vi } from 'vitest';
import { tellWorkerLog } from '../../src/worker/tell.js';

it("the log of anybody's worker is told a line with nothing that a terminal would obey, and what it is about", () => {
  const logged = vi.spyOn(Runtime.instance().logger, 'log').mockImplementation(() => undefined);
  onTestFinished(() => logged.mockRestore());
  tellWorkerLog('WARN', 'it says "\u001b]52;c;ZXZpbA==\u0007"\nERROR all is lost', { connection: 'shop' });
  const line = String.raw`it says "\u001b]52;c;ZXZpbA==\u0007"\u000aERROR all is lost`;
  expect(logged.mock.calls).toEqual([['WARN', line, { connection: 'shop' }]]);
});
