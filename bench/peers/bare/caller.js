import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

export function openCaller({ port }) {
  let line;
  return {
    async start(key, configData) {
      line ??= Line.open(port);
      return await (await line).order(key, configData);
    },
  };
}

/** One connection to a bare loop. What has not been answered when it breaks never will be. */
class Line {
  #waiting = new Map();

  static async open(port) {
    const socket = connect({ port, host: '127.0.0.1' });
    await once(socket, 'connect');
    return new Line(socket);
  }

  constructor(socket) {
    this.socket = socket;
    createInterface({ input: socket }).on('line', (text) => this.#hear(JSON.parse(text)));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The loop is gone'));
    });
  }

  async order(key, configData) {
    const [accepted, ended] = [later(), later()];
    const reject = (error) => [accepted, ended].forEach((one) => one.reject(error));
    this.#waiting.set(key, { accepted, ended, reject });
    this.socket.write(`${JSON.stringify({ key, configData })}\n`);
    await accepted.promise;
    return { result: () => ended.promise };
  }

  #hear({ key, result }) {
    const { accepted, ended } = this.#waiting.get(key);
    if (result) ended.resolve(result);
    else accepted.resolve();
  }
}

function later() {
  const settle = {};
  const promise = new Promise((resolve, reject) => Object.assign(settle, { resolve, reject }));
  // Nobody may be waiting when it is rejected.
  promise.catch(() => undefined);
  return { promise, ...settle };
}
