/** How many requests there may be in a second, by what they ask for. */

export type RateCategory =
  | 'UserAuthentication'
  | 'UserCreation'
  | 'UserFederation'
  | 'UserAccountRecovery'
  | 'UserRead'
  | 'UserUpdate'
  | 'UserToken'
  | 'UserResourceRead'
  | 'UserResourceUpdate'
  | 'UserList'
  | 'UserPoolRead'
  | 'UserPoolUpdate'
  | 'UserPoolResourceRead'
  | 'UserPoolResourceUpdate'
  | 'UserPoolClientRead'
  | 'UserPoolClientUpdate'
  | 'ClientAuthentication'
  | 'LimitManagement';

/** Requests a second. */
export type Rates = Readonly<Record<RateCategory, number>>;

/** Rates, and the number of pools, hold for each account in each region. */
export interface Place {
  readonly account: string;
  readonly region: string;
}
