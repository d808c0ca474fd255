import type { Route } from '../route.js';
import { createSubscription, deleteSubscription, listSubscriptions, showSubscription } from './subscriptions.js';

const PATH = '/project-subscriptions';

/** The routes of the Notification service. */
export const notificationRoutes: readonly Route[] = [
  { method: 'POST', url: PATH, name: 'subscriptionCreate', handler: createSubscription },
  { method: 'GET', url: PATH, name: 'subscriptions', handler: listSubscriptions },
  { method: 'GET', url: `${PATH}/:id`, name: 'subscription', handler: showSubscription },
  { method: 'DELETE', url: `${PATH}/:id`, name: 'subscriptionDelete', handler: deleteSubscription },
];
