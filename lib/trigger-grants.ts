/** What it takes to run the functions of pools: those that somebody who may tag functions has let in, or a list. */
import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Settings } from './settings.ts';

/** On the function. */
const triggerTag = { key: 'millpond-trigger', value: 'enabled' } as const;

export function triggerStatements({ triggerFunctions }: Settings): readonly PolicyStatement[] {
  if (triggerFunctions === 'tagged') return [taggedStatement()];
  return triggerFunctions.length === 0 ? [] : [listedStatement(triggerFunctions)];
}

const action = 'lambda:InvokeFunction';

/** Tags count within their own account alone. */
const taggedStatement = (): PolicyStatement =>
  new PolicyStatement({
    actions: [action],
    resources: [`arn:${Aws.PARTITION}:lambda:*:${Aws.ACCOUNT_ID}:function:*`],
    conditions: { StringEquals: { [`aws:ResourceTag/${triggerTag.key}`]: triggerTag.value } },
  });

const listedStatement = (functions: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [action], resources: functions.flatMap((one) => [one, ...qualified(one)]) });

/** A function's versions and aliases have ARNs of their own; one that is listed stands for itself. */
export const qualified = (functionArn: string): readonly string[] =>
  functionArn.split(':').length === 7 ? [`${functionArn}:*`] : [];

/** A code for a sender is encrypted under a data key that KMS makes for a pool of here; only the sender decrypts it. */
export function senderKeyStatements({ senderKeys }: Settings): readonly PolicyStatement[] {
  if (senderKeys.length === 0) return [];
  const ofPools = { 'kms:EncryptionContext:userpool-id': `${Aws.REGION}_*` };
  return [
    new PolicyStatement({
      actions: ['kms:GenerateDataKey'],
      resources: [...senderKeys],
      conditions: { StringLike: ofPools },
    }),
  ];
}
