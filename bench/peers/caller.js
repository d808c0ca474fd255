// Who hands jobs over to a peer and waits for their ends, in a process of its own. Its first message says which peer.
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

process.on('disconnect', () => process.exit());
process.once('message', (order) => void serve(order));

async function serve({ folder, order }) {
  const { openCaller } = await import(`./${folder}/caller.js`);
  const caller = await openCaller(order);
  await caller.prepare?.();
  const calls = new Calls(caller);
  process.on('message', async ({ start, collect }) =>
    process.send(start ? await calls.start(start) : await calls.collect(collect)),
  );
  process.send('ready');
}

class Calls {
  #caller;
  #answers = [];

  constructor(caller) {
    this.#caller = caller;
  }

  /**
   * @param order `{ marker, from, jobs, seconds, gapMs }`
   * @returns {Promise<string[]>} the keys of the jobs that were accepted, which their configurations name as their marker.
   */
  async start({ marker, from, jobs, seconds, gapMs }) {
    const accepted = await Promise.all(
      Array.from({ length: jobs }, async (_, at) => {
        await sleep(at * gapMs);
        const key = `${marker}-${from + at}`;
        try {
          const sandbox = { durationSeconds: seconds };
          const { result } = await this.#caller.start(key, { parameters: { marker: key, sandbox } });
          this.#answers.push({ key, answer: this.#answerTo(key, result) });
          return [key];
        } catch {
          return [];
        }
      }),
    );
    return accepted.flat();
  }

  /**
   * @returns `answers`: of each job whose end was told in time its id and when, in milliseconds since 1970; `open`: the keys of
   *   those that somebody still waits for; `failures`: why callers wait no more without having heard of an end.
   */
  async collect({ timeoutMs }) {
    const [answers, failures] = [[], []];
    const open = new Set(this.#answers.map(({ key }) => key));
    const all = this.#answers.splice(0).map(async ({ key, answer }) => {
      const one = await answer;
      open.delete(key);
      if (one.failure === undefined) answers.push(one);
      else failures.push(one.failure);
    });
    await Promise.race([Promise.all(all), sleep(timeoutMs)]);
    return { answers, open: [...open], failures };
  }

  async #answerTo(key, result) {
    try {
      const { jobId } = await result();
      return { key, jobId: String(jobId), answeredMs: Date.now() };
    } catch (error) {
      return { failure: `${key}: ${error.message}` };
    }
  }
}
