import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit/exit-codes.js';
import { untilOver, whileItLasts } from '../../src/cli/until-over.js';
import { ServerEndedError } from '../../src/dev/running-server.js';

const never = new Promise<never>(() => undefined);
const before = { SIGINT: process.listeners('SIGINT'), SIGTERM: process.listeners('SIGTERM') };

afterEach(() => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    for (const listener of process.listeners(signal)) {
      if (!before[signal].includes(listener)) process.off(signal, listener);
    }
  }
});

describe('what a command has started is over', () => {
  it('when its Temporal has ended', async () => {
    const over = untilOver({ temporalEnded: Promise.resolve('ended with SIGKILL'), worker: { ended: never } });
    await expect(over).rejects.toThrow(new ServerEndedError('Temporal has stopped: its server ended with SIGKILL.'));
  });

  it('when its worker has failed, by the words of the worker', async () => {
    const fault = new Error('the native half is broken');
    await expect(untilOver({ temporalEnded: never, worker: { ended: Promise.reject(fault) } })).rejects.toBe(fault);
  });

  it('when its worker was ended by a signal that nobody else has heard', async () => {
    expect(await untilOver({ temporalEnded: never, worker: { ended: Promise.resolve() } })).toBe(EXIT.terminated);
  });
});

describe('work with what a command has started', () => {
  it('ends with what it has made', async () => {
    expect(await whileItLasts(Promise.resolve('made'), never)).toBe('made');
  });

  it('that fails because its server was killed is told by that, though the call fails first', async () => {
    const cause = new ServerEndedError('Temporal has stopped: its server ended with SIGKILL.');
    const over = sleep(100).then((): never => {
      throw cause;
    });
    await expect(whileItLasts(Promise.reject(new Error('14 UNAVAILABLE')), over)).rejects.toBe(cause);
  });

  it('that fails by itself is told by its own words', async () => {
    const fault = new Error('the pipeline is wrong');
    await expect(whileItLasts(Promise.reject(fault), never)).rejects.toBe(fault);
  });

  it('leaves with the code of the signal that has stopped it', async () => {
    expect(await whileItLasts(never, Promise.resolve(EXIT.interrupted))).toBe(EXIT.interrupted);
  });
});
