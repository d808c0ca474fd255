import type { CreateFence } from '../../job/input.js';

/** It has no other way, as docs/create-fence.md says. */
export const SYRUP_FENCES: readonly CreateFence[] = ['run-id'];
