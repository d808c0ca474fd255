import { Helper } from './helper.js';

/** The processes of one bench: what was started last ends first. */
export class Processes {
  #closing = [];
  #fail = undefined;
  #failed = new Promise((_resolve, reject) => {
    this.#fail = reject;
  });

  constructor() {
    // Whoever waits hears of it; nobody may be waiting.
    this.#failed.catch(() => undefined);
  }

  /** @param file relative to `bench/processes`. */
  helper(file, options) {
    const started = new Helper(file, options);
    this.#closing.push(() => started.stop());
    started.ended.catch((error) => !started.isStopped && this.#fail(error));
    return started;
  }

  /** Anything that has `stop()`. */
  keep(server) {
    this.#closing.push(() => server.stop());
    return server;
  }

  /** Waits for some work; rejects as soon as a process ends that should not. */
  async during(work) {
    return await Promise.race([work, this.#failed]);
  }

  async stop() {
    for (const close of this.#closing.splice(0).reverse()) await close();
  }
}
