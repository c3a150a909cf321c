/** Which users a list is asked for: all of them, or those whose attribute equals or starts with a value. */

export type UserQuery =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'match';
      readonly attribute: SearchableAttribute;
      readonly operator: '=' | '^=';
      readonly value: string;
    };

export type SearchableAttribute =
  | 'username'
  | 'email'
  | 'phone_number'
  | 'name'
  | 'given_name'
  | 'family_name'
  | 'preferred_username'
  | 'sub'
  | 'cognito:user_status'
  | 'status';
