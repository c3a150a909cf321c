/** The topic that alarms are sent to, encrypted, and open to the alarms of this account alone. */
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

export function makePagingTopic(scope: Construct, { name, alarmEmail }: Settings): Topic {
  // CloudWatch cannot use the key that AWS manages for SNS.
  const masterKey = new Key(scope, 'PagingKey', {
    description: `${name}: what alarms say`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const topic = new Topic(scope, 'Paging', { displayName: `${name} alarms`, masterKey, enforceSSL: true });
  masterKey.addToResourcePolicy(byAlarms(scope, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'));
  // With a policy of its own, a topic no longer lets its account publish by itself.
  topic.addToResourcePolicy(byAlarms(scope, ['sns:Publish'], topic.topicArn));
  if (alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(alarmEmail));
  return topic;
}

function byAlarms(scope: Construct, actions: string[], resource: string): PolicyStatement {
  const { account } = Stack.of(scope);
  const alarms = { service: 'cloudwatch', resource: 'alarm', arnFormat: ArnFormat.COLON_RESOURCE_NAME };
  return new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions,
    resources: [resource],
    conditions: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': Stack.of(scope).formatArn({ ...alarms, resourceName: '*' }) },
    },
  });
}
