import type { CreateFence } from '../../job/input.js';

/** Syrup has no other fence, see docs/create-fence.md. */
export const SYRUP_FENCES: readonly CreateFence[] = ['run-id'];
