import { QUEUE_ROUTES } from './queue/routes.js';
import { STORAGE_ROUTES } from './storage/routes.js';
import { SYRUP_ROUTES } from './syrup/routes.js';
import { routeMatcher } from './tally/route-matcher.js';

/** The template of a path of Keboola. Those of Storage come first, since another service may have one that is the end of them. */
export const routeOf = routeMatcher([...STORAGE_ROUTES, ...SYRUP_ROUTES, ...QUEUE_ROUTES]);
