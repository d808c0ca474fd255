import { notificationDocument } from '../documents/notification-document.js';
import { jsonText } from '../json.js';
import type { Notice } from '../world/notification/notice.js';
import { matchesAll } from '../world/notification/matches.js';
import type { Subscription } from '../world/notification/subscription.js';
import type { World } from '../world/world.js';
import { isLoopback } from './doorman.js';
import type { Server } from './serve.js';

/** The platform's timeout. The courier, like the platform, does not try again. */
const TIMEOUT_MS = 5_000;
/** A job may end while nobody calls the sandbox, so the courier looks at the clock this often. */
const LOOK_MS = 100;
const POSTS_AT_ONCE_MAX = 20;
/** Posts beyond this are lost, as they are when the receiver is down. */
const POSTS_WAITING_MAX = 10_000;

interface Post {
  subscription: Subscription;
  url: string;
  body: string;
}

/** Notifies webhooks on this machine when jobs end, until the sandbox closes. Nothing is sent anywhere else. */
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
    // Leftover notices are taken even without subscriptions; otherwise they would stay until somebody subscribes again.
    if (subscriptions.isEmpty && left.length === 0) return;
    await simulation.catchUp();
    const notices = simulation.world.notices.splice(0);
    waiting.push(...notices.flatMap((notice) => postsOf(server, notice)).slice(0, POSTS_WAITING_MAX - waiting.length));
    postNext();
  };
  // The next request reports what is wrong with the clock.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS);
  timer.unref();
  closing.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** A deleted webhook gets nothing more, not even posts that are already waiting. */
function nextPost({ subscriptions, nowMs }: World, waiting: Post[]): Post | undefined {
  // Bounded by the length of `waiting`.
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

/** A redirect could lead off this machine, so it is not followed. */
async function send({ url, body }: Post, closing: AbortSignal): Promise<void> {
  try {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(TIMEOUT_MS)]);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers, body, signal });
    await answer.body?.cancel();
  } catch {
    // As on the platform, nobody is told of a failed post.
  }
}
