/** Lets API Gateway write logs of REST APIs: one role for an account and Region, whoever's stack names it. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** Left behind with its stack: other APIs of the account may have come to need it. */
export function letGatewayWriteLogs(scope: Construct): CfnAccount {
  const role = new Role(scope, 'GatewayLogsRole', {
    description: 'Lets API Gateway write logs of REST APIs',
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
  });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  acknowledge(
    role,
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    'API Gateway takes no role for this setting of the account that lacks the rights of just this policy.',
  );
  const account = new CfnAccount(scope, 'GatewayLogs', { cloudWatchRoleArn: role.roleArn });
  account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return account;
}
