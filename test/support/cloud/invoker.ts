/** Services of the platform invoke functions: where the function's own policy lets them. */

import type { CloudFunction } from './function.ts';
import { arnOf } from './grants.ts';
import { matchesGlob } from './iam-patterns.ts';
import type { Cloud } from './template.ts';

export interface Invoker {
  /** `uri`: the ARN of the function, or that of its invocation by API Gateway. Throws where nobody may do so. */
  find(uri: string, service: string, sourceArn: string): CloudFunction;
}

export function invokerOf(cloud: Cloud, functions: readonly CloudFunction[]): Invoker {
  const permissions = cloud.ofType('AWS::Lambda::Permission').map(({ properties }) => properties);
  const names = new Map(cloud.ofType('AWS::Lambda::Function').map((one) => [one.identity.ref, arnOf(one)]));

  const covers = (
    permission: Readonly<Record<string, unknown>>,
    arn: string,
    service: string,
    source: string,
  ): boolean => {
    const named = String(permission['FunctionName']);
    return (
      (names.get(named) ?? named) === arn &&
      permission['Action'] === 'lambda:InvokeFunction' &&
      permission['Principal'] === service &&
      // A permission without a source would let every account in.
      matchesGlob(String(permission['SourceArn']), source)
    );
  };

  return {
    find(uri, service, sourceArn) {
      const arn = /\/functions\/(.*)\/invocations$/.exec(uri)?.[1] ?? uri;
      const found = functions.find((one) => one.arn === arn);
      if (found === undefined) throw new Error(`There is no function ${arn}`);
      if (!permissions.some((one) => covers(one, arn, service, sourceArn))) {
        throw new Error(`${service} may not invoke ${found.room} for ${sourceArn}`);
      }
      return found;
    },
  };
}
