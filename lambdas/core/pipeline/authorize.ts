/** Decides whether the caller may: by policy, by access token, or because anyone may. */
import type { Call, Operation, PersonCall } from '../contract/operation.ts';
import { requirePerson } from '../rules/access-tokens.ts';
import { findPoolId, poolArn, regionOfPool } from '../rules/pool-arns.ts';
import type { Input, Step, With } from './exchange.ts';
import { onceMore } from './once-more.ts';

type Needs = 'ports' | 'operation' | 'call' | 'input';

export const authorize: Step<Needs | 'request'> = {
  async before({ internal: exchange }) {
    const { operation, ports } = exchange;
    if (operation.caller.kind === 'token') exchange.call = await newestCall(exchange);
    else if (operation.caller.kind === 'iam' && exchange.identity && ports.signatures !== 'open') {
      await ports.signatures.authorize(exchange.identity, {
        action: `cognito-idp:${operation.name}`,
        resource: resourceOf(operation, exchange.call, exchange.input),
        poolId: findPool(operation, exchange.call, exchange.input),
        sourceIp: exchange.call.sourceIp,
        isSecure: exchange.request.isSecure,
        input: exchange.input,
        ...(makesResource(operation) && { makesResource: true }),
      });
    }
  },
};

function newestCall(exchange: With<Needs>): Promise<PersonCall> {
  return onceMore(
    () => callOfPerson(exchange),
    () => {
      exchange.reloaded = true;
      return callOfPerson(exchange);
    },
  );
}

/** The call of a person, whose access token is in the input. */
export async function callOfPerson({ ports, call, input }: With<Needs>): Promise<PersonCall> {
  return { ...call, person: await requirePerson(ports, String(input['AccessToken'])) };
}

/** What the policies are asked about: the ARN of a pool, or `*`. */
export function resourceOf({ caller }: Operation, call: Call, input: Input): string {
  if (caller.kind !== 'iam' || caller.resource === 'none') return '*';
  // Only the very ARN of a pool goes on from here to that pool.
  if (caller.resource === 'arn') return String(input['ResourceArn']);
  // One operation of the API lets callers leave it out. Whoever may do it to some pools alone may not do it to none.
  const id = input['UserPoolId'];
  return id === undefined ? '*' : poolArn({ ...call, id: String(id) });
}

/** The pool that the resource can be. Of none other the caller may find out, by being let in or not, how it is tagged. */
function findPool({ caller }: Operation, call: Call, input: Input): string | undefined {
  if (caller.kind !== 'iam' || caller.resource === 'none') return undefined;
  const id = caller.resource === 'arn' ? findPoolId(call, String(input['ResourceArn'])) : input['UserPoolId'];
  return typeof id === 'string' && regionOfPool(id) === call.region ? id : undefined;
}

/** Without a resource whose tags could count, those that it will have do. */
const makesResource = ({ caller }: Operation): boolean =>
  caller.kind === 'iam' && caller.resource === 'none' && caller.conditions.includes('aws:ResourceTag');
