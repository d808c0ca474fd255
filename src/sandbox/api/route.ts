import type { RouteName } from '../faults/route-names.js';
import type { Answer } from '../answer/answer.js';
import type { Call } from './call.js';

/** One thing that can be asked: where, under which name it is counted and broken, and who answers it. */
export interface Route {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  url: string;
  name: RouteName;
  handler: (call: Call) => Answer;
  /** Its body is bytes, and as long as there is memory for it. */
  isUpload?: boolean;
}
