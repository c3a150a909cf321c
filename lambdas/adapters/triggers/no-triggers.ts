/** Of a deployment that runs no functions for its pools. */
import { type Triggers, TriggersNotRun } from '../../core/ports/triggers.ts';

const refuse = async (): Promise<never> => {
  throw new TriggersNotRun('This deployment runs no functions');
};

export const noTriggers: Triggers = { invoke: refuse, send: refuse };
