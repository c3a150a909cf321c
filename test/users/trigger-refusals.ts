/** How operations on users and accounts are refused by the functions that they run. */
import { arnOf } from './failing-functions.ts';
import type { FailingWorld } from './failing-world.ts';
import { type Input, inputs, type Occurrence, occurs, type Ways } from './refusal-ways.ts';

/** What the call needs, in a pool that verifies addresses of mail and has a function at the point. */
type Ready = (world: FailingWorld, poolId: string) => Promise<Input>;

/** In a deployment without functions, and in one whose functions let the call down. */
export const throughFunction = (point: string, ready: Ready): Ways => ({
  OperationNotEnabledException: refused('in order', point, 'nowhere', ready, [
    'OperationNotEnabledException',
    `Lambda trigger ${point} is not enabled in this deployment`,
  ]),
  UserLambdaValidationException: refused('with functions', point, 'fails', ready, [
    'UserLambdaValidationException',
    `${point} failed with error boom.`,
  ]),
  UnexpectedLambdaException: refused('with functions', point, 'nowhere', ready, [
    'UnexpectedLambdaException',
    `${point} invocation failed due to error ResourceNotFoundException.`,
  ]),
  InvalidLambdaResponseException: refused('with functions', point, 'chats', ready, [
    'InvalidLambdaResponseException',
    'Unrecognizable lambda output',
  ]),
});

const refused = (
  through: 'in order' | 'with functions',
  point: string,
  named: Parameters<typeof arnOf>[0],
  ready: Ready,
  says: readonly [string, string],
): Occurrence =>
  occurs(says.join(': '), async (world, name) => {
    const { id } = await world.aPool({ AutoVerifiedAttributes: ['email'], LambdaConfig: { [point]: arnOf(named) } });
    return world.refusal(name, { ...inputs[name], ...(await ready(world, id)) }, through);
  });
