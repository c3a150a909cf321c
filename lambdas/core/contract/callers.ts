/** Who may call an operation, and which IAM action, level and resource it is checked against. */

export type AccessLevel = 'List' | 'Read' | 'Write' | 'Tagging';

/** `userpool`: the pool named by `UserPoolId`; `arn`: the pool named by `ResourceArn`; `none`: `*`. */
export type IamResource = 'userpool' | 'arn' | 'none';

export type TagCondition = 'aws:RequestTag' | 'aws:TagKeys' | 'aws:ResourceTag';

export interface IamCaller {
  readonly kind: 'iam';
  readonly access: AccessLevel;
  readonly resource: IamResource;
  readonly conditions: readonly TagCondition[];
}
export interface TokenCaller {
  readonly kind: 'token';
  readonly access: AccessLevel;
}
export interface PublicCaller {
  readonly kind: 'public';
  readonly access: AccessLevel;
}
export type Caller = IamCaller | TokenCaller | PublicCaller;

/** Signed with SigV4 and checked against policies. */
export const iam = (
  access: AccessLevel,
  resource: IamResource,
  conditions: readonly TagCondition[] = [],
): IamCaller => ({
  kind: 'iam',
  access,
  resource,
  conditions,
});

/** A signed-in person: the access token in the input is checked before the operation runs. */
export const token = (access: AccessLevel = 'Write'): TokenCaller => ({ kind: 'token', access });

/** Anyone who knows a client id, a session or a refresh token. */
export const anyone = (access: AccessLevel = 'Write'): PublicCaller => ({ kind: 'public', access });
