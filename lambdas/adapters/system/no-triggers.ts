/** Of a deployment that runs no functions for its pools. */
import { type Triggers, TriggersNotRun } from '../../core/ports/triggers.ts';

export const noTriggers: Triggers = {
  invoke: async () => {
    throw new TriggersNotRun('This deployment runs no functions');
  },
};
