/** Lets callers in from one VPC endpoint and from nowhere else. */
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

const invoke = { principals: [new AnyPrincipal()], actions: ['execute-api:Invoke'], resources: ['execute-api:/*'] };

export const fromEndpointAlone = (vpcEndpointId: string): PolicyDocument =>
  new PolicyDocument({
    statements: [
      new PolicyStatement(invoke),
      new PolicyStatement({
        ...invoke,
        effect: Effect.DENY,
        conditions: { StringNotEquals: { 'aws:SourceVpce': vpcEndpointId } },
      }),
    ],
  });
