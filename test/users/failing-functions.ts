/** Functions that let a call down. */
import { moduleTriggers } from '../../lambdas/adapters/triggers/module-triggers.ts';

export const arnOf = (name: 'fails' | 'chats' | 'migrates' | 'nowhere'): string =>
  `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** One fails, one answers what no function answers, and one knows everybody by one address; there is no other. */
export const failingFunctions = moduleTriggers({
  [arnOf('fails')]() {
    throw new Error('boom');
  },
  [arnOf('chats')]: () => 'hello',
  [arnOf('migrates')]: (event: object) => ({
    ...event,
    response: { userAttributes: { email: 'fixture@example.com', email_verified: 'true' } },
  }),
});
