import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program of this folder in a process of its own. It ends with us, because its channel to us is then closed. */
export class Helper {
  /** It has been ended by us. */
  isStopped = false;

  constructor(file, { args = [], execArgv = [] } = {}) {
    this.child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv });
    this.ended = once(this.child, 'exit').then(([code, signal]) => {
      throw new Error(`${file} has ended: ${signal ?? code}`);
    });
    this.ended.catch(() => undefined);
  }

  /** Its next message. */
  async hear() {
    const [message] = await Promise.race([once(this.child, 'message'), this.ended]);
    return message;
  }

  async ask(message) {
    const answer = this.hear();
    this.child.send(message);
    return await answer;
  }

  async stop() {
    this.isStopped = true;
    this.child.kill('SIGKILL');
    await this.ended.catch(() => undefined);
  }
}
