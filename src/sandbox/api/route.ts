import type { RouteName } from '../faults/route-names.js';
import type { Answer } from '../answer/answer.js';
import type { Call } from './call.js';

/** One call of the API: its path, its name in counters and faults, and its handler. */
export interface Route {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  url: string;
  name: RouteName;
  handler: (call: Call) => Answer;
  /** The body is raw bytes, limited only by the sandbox's memory. */
  isUpload?: boolean;
}
