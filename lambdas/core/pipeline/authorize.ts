/** Decides whether the caller may: by policy, by access token, or because anyone may. */
import type { Call, Operation, PersonCall } from '../contract/operation.ts';
import { requirePerson } from '../rules/access-tokens.ts';
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
        sourceIp: exchange.call.sourceIp,
        isSecure: exchange.request.isSecure,
        input: exchange.input,
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
  if (caller.resource === 'arn') return String(input['ResourceArn']);
  return `arn:${call.partition}:cognito-idp:${call.region}:${call.account}:userpool/${input['UserPoolId']}`;
}
