/** What it takes to send messages: mail from identities of the account, texts to telephones and nothing else. */
import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Settings } from './settings.ts';
import type { TableUse } from './table-access.ts';
import { outbox, textBudget } from './table-uses.ts';

export const messageStatements = ({ mailFrom, sms, smsRoles }: Settings): readonly PolicyStatement[] => [
  ...(mailFrom === undefined ? [] : [mailStatement()]),
  ...(sms === 'sns' ? [...textStatements(), ...roleStatements(smsRoles)] : []),
];

export const messageUses = ({ mailFrom, sms }: Settings): readonly TableUse[] => [
  ...(mailFrom === undefined || sms === 'outbox' ? [outbox] : []),
  ...(sms === 'sns' ? [textBudget] : []),
];

/** Pools may name senders of their own, in any Region, and those of other accounts which let this one send as them. */
const mailStatement = (): PolicyStatement =>
  new PolicyStatement({
    actions: ['ses:SendEmail'],
    resources: [
      `arn:${Aws.PARTITION}:ses:*:*:identity/*`,
      `arn:${Aws.PARTITION}:ses:*:${Aws.ACCOUNT_ID}:configuration-set/*`,
    ],
  });

/** A telephone number has no ARN: what has one is a topic, and refused. */
const textStatements = (): readonly PolicyStatement[] => [
  new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] }),
  new PolicyStatement({
    effect: Effect.DENY,
    actions: ['sns:Publish'],
    resources: [`arn:${Aws.PARTITION}:sns:*:*:*`],
  }),
];

/** Those by name, and no others: a role that trusts the whole account would let itself be taken on by every pool. */
const roleStatements = (roles: readonly string[]): readonly PolicyStatement[] =>
  roles.length === 0 ? [] : [new PolicyStatement({ actions: ['sts:AssumeRole'], resources: [...roles] })];
