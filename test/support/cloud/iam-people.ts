/** Who has credentials of the account, and of another one: their keys are known to the gateway's authorizer alone. */
import type { IamCaller } from './iam-authorizer.ts';
import type { Statement } from './iam-policy.ts';

export interface IamPeople {
  /** May do everything in the account. */
  readonly administrator: IamCaller;
  /** Of the account, and allowed nothing. */
  readonly visitor: IamCaller;
  /** May do everything, in an account of their own. */
  readonly stranger: IamCaller;
}

const everything: readonly Statement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

export const iamPeople = (account: string): IamPeople => ({
  administrator: {
    accessKeyId: 'ASIAADMINISTRATOR000',
    secretAccessKey: 'TheSecretOfTheAdministrator',
    sessionToken: 'TheTokenOfTheAdministrator',
    account,
    userId: 'AROAADMINISTRATOR000:ada',
    arn: `arn:aws:sts::${account}:assumed-role/Administrator/ada`,
    statements: everything,
  },
  visitor: {
    accessKeyId: 'AKIAVISITOR000000000',
    secretAccessKey: 'TheSecretOfTheVisitor',
    account,
    userId: 'AIDAVISITOR000000000',
    arn: `arn:aws:iam::${account}:user/visitor`,
    statements: [],
  },
  stranger: {
    accessKeyId: 'AKIASTRANGER00000000',
    secretAccessKey: 'TheSecretOfTheStranger',
    account: '999999999999',
    userId: 'AIDASTRANGER00000000',
    arn: 'arn:aws:iam::999999999999:user/stranger',
    statements: everything,
  },
});
