/** Pools and people for choice-based sign-in, as its tests start from. */
import type {
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { type App, type SigningIn, signingIn } from './signing-in.ts';
import type { Service } from './start-service.ts';

type Factors = NonNullable<
  NonNullable<CreateUserPoolCommandInput['Policies']>['SignInPolicy']
>['AllowedFirstAuthFactors'];

/** In a pool that allows these. */
export const firstFactors = (
  ...AllowedFirstAuthFactors: NonNullable<Factors>
): Partial<CreateUserPoolCommandInput> => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
  SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/any' },
});

export const choosing: Partial<CreateUserPoolClientCommandInput> = {
  ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
};

export const hiding: Partial<CreateUserPoolClientCommandInput> = { ...choosing, PreventUserExistenceErrors: 'ENABLED' };

export const reachable = {
  email: 'fixture@example.com',
  email_verified: 'true',
  phone_number: '+12065559934',
  phone_number_verified: 'true',
};

export interface Choosing extends SigningIn {
  choose(
    USERNAME: string,
    PREFERRED_CHALLENGE?: string,
    more?: Readonly<Record<string, string>>,
  ): ReturnType<SigningIn['initiate']>;
}

export function choosingOf(service: Pick<Service, 'client' | 'clock'>, app: App): Choosing {
  const signIn = signingIn(service, app);
  return {
    ...signIn,
    choose: (USERNAME, PREFERRED_CHALLENGE, more = {}) =>
      signIn.initiate('USER_AUTH', { USERNAME, ...(PREFERRED_CHALLENGE && { PREFERRED_CHALLENGE }), ...more }),
  };
}
