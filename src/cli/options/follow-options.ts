import type { Command } from 'commander';
import { choice } from './run-options.js';

/** What Ctrl-C does to the workflow that is followed. */
export type OnInterrupt = 'detach' | 'cancel';

/** How to follow what was started. */
export interface FollowOptions {
  onInterrupt: OnInterrupt;
  detach?: boolean;
}

/** The options of every command that starts something and follows it. */
export function addFollowOptions(command: Command): Command {
  return addInterruptOption(command).option('--detach', 'start it, print its ids and exit');
}

/** The option of every command that follows something. */
export function addInterruptOption(command: Command): Command {
  return command.addOption(
    choice('--on-interrupt <what>', 'what Ctrl-C does: leave it running, or stop it', ['detach', 'cancel']).default(
      'detach',
    ),
  );
}
