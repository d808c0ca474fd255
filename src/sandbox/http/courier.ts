import { notificationDocument } from '../documents/notification-document.js';
import { jsonText } from '../json.js';
import type { Notice } from '../world/notification/notice.js';
import { matchesAll } from '../world/notification/matches.js';
import type { Subscription } from '../world/notification/subscription.js';
import type { World } from '../world/world.js';
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
  subscription: Subscription;
  url: string;
  body: string;
}

/** Tells webhooks on this machine of the ends of jobs, until the sandbox closes. Nothing is sent anywhere else. */
export function startCourier(server: Server): void {
  const { simulation, closing } = server;
  const waiting: Post[] = [];
  let posting = 0;
  const postNext = (): void => {
    const post = posting < POSTS_AT_ONCE_MAX ? nextPost(simulation.world, waiting) : undefined;
    if (post === undefined) return;
    posting += 1;
    void send(post, closing).finally(() => {
      posting -= 1;
      postNext();
    });
    postNext();
  };
  const look = async (): Promise<void> => {
    const { subscriptions, notices: left } = simulation.world;
    // What is left is taken even so: it would be told with what comes once somebody subscribes again.
    if (subscriptions.isEmpty && left.length === 0) return;
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

/** A webhook that was deleted hears nothing more, not even of what was to be told before. */
function nextPost({ subscriptions, nowMs }: World, waiting: Post[]): Post | undefined {
  // Bounded by what is waiting.
  for (;;) {
    const post = waiting.shift();
    if (post === undefined || !subscriptions.isRemoved(post.subscription, nowMs)) return post;
  }
}

function postsOf(server: Server, notice: Notice): Post[] {
  const document = notificationDocument(notice, server.simulation.fixture, server.origin());
  return notice.subscriptions.flatMap((subscription) => {
    const { recipient, filters } = subscription;
    if (recipient.channel !== 'webhook' || !isLoopback(new URL(recipient.url).hostname)) return [];
    return matchesAll(document, filters) ? [{ subscription, url: recipient.url, body: jsonText(document) }] : [];
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
