import { notificationDocument } from '../documents/notification-document.js';
import { jsonText } from '../json.js';
import type { Notice } from '../world/notification/notice.js';
import { matchesAll } from '../world/notification/matches.js';
import { isLoopback } from './doorman.js';
import type { Server } from './serve.js';

/** As the platform has it; it does not try again. */
const TIMEOUT_MS = 5_000;
/** Nobody need ask for anything while a job comes to its end, so the clock is looked at from time to time. */
const LOOK_MS = 100;
const POSTS_AT_ONCE_MAX = 20;
/** What more is to be sent is lost, as it is when the receiver is away. */
const POSTS_WAITING_MAX = 10_000;

interface Post {
  url: string;
  body: string;
}

/** Tells webhooks on this machine of the ends of jobs, until the sandbox closes. Nothing is sent anywhere else. */
export function startCourier(server: Server): void {
  const { simulation, closing } = server;
  const waiting: Post[] = [];
  let posting = 0;
  const postNext = (): void => {
    const post = posting < POSTS_AT_ONCE_MAX ? waiting.shift() : undefined;
    if (post === undefined) return;
    posting += 1;
    void send(post, closing).finally(() => {
      posting -= 1;
      postNext();
    });
    postNext();
  };
  const look = async (): Promise<void> => {
    if (simulation.world.subscriptions.isEmpty) return;
    await simulation.catchUp();
    const notices = simulation.world.notices.splice(0);
    waiting.push(...notices.flatMap((notice) => postsOf(server, notice)).slice(0, POSTS_WAITING_MAX - waiting.length));
    postNext();
  };
  // What is wrong with the clock is told to whoever asks next.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS);
  timer.unref();
  closing.addEventListener('abort', () => clearInterval(timer), { once: true });
}

function postsOf(server: Server, notice: Notice): Post[] {
  const document = notificationDocument(notice, server.simulation.fixture, server.origin());
  return notice.subscriptions.flatMap(({ recipient, filters }) => {
    if (recipient.channel !== 'webhook' || !isLoopback(new URL(recipient.url).hostname)) return [];
    return matchesAll(document, filters) ? [{ url: recipient.url, body: jsonText(document) }] : [];
  });
}

/** A receiver that redirects could lead elsewhere, so it is not followed. */
async function send({ url, body }: Post, closing: AbortSignal): Promise<void> {
  try {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(TIMEOUT_MS)]);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers, body, signal });
    await answer.body?.cancel();
  } catch {
    // Nobody hears of it, as with the platform.
  }
}
