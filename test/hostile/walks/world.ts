/** Two pools with people of the same names who sign in each in their own way; one of the pools asks everybody for two proofs. */
import { SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider';
import { relyingParty } from '../../support/passkeys.ts';
import type { Service } from '../../support/start-service.ts';
import { asAtFirst, aWalkPerson, namesOfPeople, type WalkPerson, type WalkPool } from './people.ts';
import { questionTriggers } from './questions.ts';

export interface WalkApp {
  readonly id: string;
  readonly pool: WalkPool;
  readonly people: readonly WalkPerson[];
}

const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/any' };

/** A remembered device stands for a second factor. */
const settings = {
  SmsConfiguration,
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/example.com',
  },
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  LambdaConfig: questionTriggers,
} as const;

const codes = ['EMAIL_OTP', 'SMS_OTP'] as const;

const ExplicitAuthFlows = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CUSTOM_AUTH',
] as const;

/** Two applications of each pool. */
export async function signInWorld(service: Service): Promise<readonly WalkApp[]> {
  return [...(await aWalkPool(service, false)), ...(await aWalkPool(service, true))];
}

async function aWalkPool(service: Service, requiresTwo: boolean): Promise<readonly WalkApp[]> {
  const { id } = await service.aPool({
    ...settings,
    Policies: {
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN', ...(requiresTwo ? [] : codes)] },
      // Walks go on for months, by their clock.
      PasswordPolicy: { TemporaryPasswordValidityDays: 365 },
    },
  });
  await setFactors(service, id, 'OPTIONAL');
  const pool = { id, requiresTwo };
  const [one, other] = [await anApp(service, pool), await anApp(service, pool)];
  const people: WalkPerson[] = [];
  for (const name of namesOfPeople) people.push(await aWalkPerson(service, one, pool, name));
  if (requiresTwo) await setFactors(service, id, 'ON');
  return [one, other].map((app) => ({ id: app.id, pool, people }));
}

const setFactors = ({ client }: Service, UserPoolId: string, MfaConfiguration: 'ON' | 'OPTIONAL') =>
  client.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration,
      SmsMfaConfiguration: { SmsConfiguration },
      SoftwareTokenMfaConfiguration: { Enabled: true },
      EmailMfaConfiguration: {},
      WebAuthnConfiguration: {
        RelyingPartyId: relyingParty,
        ...(MfaConfiguration === 'ON' && { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' }),
      },
    }),
  );

const anApp = (service: Service, pool: WalkPool) =>
  service.aClient(pool, { ExplicitAuthFlows: [...ExplicitAuthFlows] });

/** So long that nobody is locked out any more, no session lives and codes may be sent again. */
const betweenWalks = 3_700_000;

export async function nextWalk(service: Service, apps: readonly WalkApp[]): Promise<void> {
  service.clock.advance(betweenWalks);
  await asAtFirst(service, [...new Set(apps.flatMap(({ people }) => people))]);
}
