/** Of a deployment that runs no functions for its pools. */
import { type Triggers, TriggerUnreachable } from '../../core/ports/triggers.ts';

export const noTriggers: Triggers = {
  invoke: async () => {
    throw new TriggerUnreachable('This deployment runs no functions');
  },
};
