import { QUEUE_ROUTES } from './queue/routes.js';
import { STORAGE_ROUTES } from './storage/routes.js';
import { SYRUP_ROUTES } from './syrup/routes.js';
import { routeMatcher } from './tally/route-matcher.js';

/** The template of a Keboola path. Storage's come first, since another service's path may equal the end of one. */
export const routeOf = routeMatcher([...STORAGE_ROUTES, ...SYRUP_ROUTES, ...QUEUE_ROUTES]);
