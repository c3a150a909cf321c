/** People who sign in as strongly as a client asks for, and what their tokens say of it. */
import {
  AdminUserGlobalSignOutCommand,
  type AuthenticationResultType,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  type InitiateAuthCommandOutput,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import type { Authenticator } from './authenticator.ts';
import { type NewUser, somePassword } from './builders.ts';
import { firstFactors, reachable } from './choosing.ts';
import { passkeyCalls, relyingParty } from './passkeys.ts';
import { aPersonWith, appCode, step } from './second-factors.ts';
import { sessionOf, signingIn, tokensOf } from './signing-in.ts';
import { startService } from './start-service.ts';

export const acr = (...levels: readonly number[]): string =>
  levels.map((level) => `urn:cognito:loa:${level}`).join(' ');

interface Answer {
  readonly AuthenticationResult?: AuthenticationResultType | undefined;
}

/** What both tokens say, as they must say the same. */
export function levelIn(answer: Answer): unknown {
  const { AccessToken = '', IdToken = '' } = answer.AuthenticationResult ?? {};
  const [access, id] = [AccessToken, IdToken].map((token) => {
    const claims = decodeJwt(token);
    return { acr: claims['acr'], amr: claims['amr'] };
  });
  if (JSON.stringify(access) !== JSON.stringify(id)) throw new Error('The tokens differ');
  return access;
}

export interface LevelRoom {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly mfa?: Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'>;
  readonly app?: Partial<CreateUserPoolClientCommandInput>;
  readonly user?: NewUser;
}

export const withApps = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;

const flows: Partial<CreateUserPoolClientCommandInput> = {
  ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
};

/** A pool in which people may begin with everything, and `ada`, who has verified addresses. */
export async function aLevelRoom({ pool: settings, mfa = withApps, app: more, user }: LevelRoom = {}) {
  const service = await startService();
  const pool = await service.aPool({ ...firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'), ...settings });
  const setMfa = (next: Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'>) =>
    service.client.send(
      new SetUserPoolMfaConfigCommand({
        WebAuthnConfiguration: { RelyingPartyId: relyingParty },
        ...next,
        UserPoolId: pool.id,
      }),
    );
  await setMfa(mfa);
  const app = await service.aClient(pool, { ...flows, ...more });
  const ada = await service.aUser(pool, { username: 'ada', attributes: reachable, ...user });
  const signIn = signingIn(service, app);
  const people = aPersonWith(service);
  const { clock, client } = service;
  const codeOf = () => service.outbox.codeFor({ poolId: pool.id, username: ada.username });
  const answers = {
    async code(posed: InitiateAuthCommandOutput) {
      const { ChallengeName: name = 'EMAIL_OTP' } = posed;
      return signIn.respond(name, { USERNAME: 'ada', [`${name}_CODE`]: await codeOf() }, sessionOf(posed));
    },
    app(posed: InitiateAuthCommandOutput, secret: string) {
      clock.advance(step);
      const SOFTWARE_TOKEN_MFA_CODE = appCode(secret, clock.now());
      return signIn.respond('SOFTWARE_TOKEN_MFA', { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE }, sessionOf(posed));
    },
    passkey(posed: InitiateAuthCommandOutput, authenticator: Authenticator) {
      const asked = JSON.parse(posed.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '{}');
      const CREDENTIAL = JSON.stringify(authenticator.assert(asked));
      return signIn.respond('WEB_AUTHN', { USERNAME: 'ada', CREDENTIAL }, sessionOf(posed));
    },
    password: (posed: InitiateAuthCommandOutput, PASSWORD = somePassword) =>
      signIn.respond('PASSWORD', { USERNAME: 'ada', PASSWORD }, sessionOf(posed)),
    select: (posed: InitiateAuthCommandOutput, ANSWER: string, more = {}) =>
      signIn.respond('SELECT_CHALLENGE', { USERNAME: 'ada', ANSWER, ...more }, sessionOf(posed)),
  };
  /** USER_AUTH. */
  const choose = (more: Readonly<Record<string, string>> = {}) =>
    signIn.initiate('USER_AUTH', { USERNAME: 'ada', ...more });
  const withPassword = (more: Readonly<Record<string, string>> = {}) =>
    choose({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: somePassword, ...more });
  return {
    ...service,
    service,
    pool,
    app,
    ada,
    signIn,
    people,
    setMfa,
    codeOf,
    answers,
    choose,
    withPassword,
    /** With an app that is turned on. */
    async anApp() {
      const { access } = await signIn.tokens('ada');
      const secret = await people.anApp(access);
      await people.prefer(access, { SoftwareTokenMfaSettings: { Enabled: true } });
      return secret;
    },
    aPasskey: async (authenticator: Authenticator) =>
      passkeyCalls(service).register((await signIn.tokens('ada')).access, authenticator),
    byEmail: async (more = {}) => answers.code(await choose({ PREFERRED_CHALLENGE: 'EMAIL_OTP', ...more })),
    signOut: () => client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool.id, Username: 'ada' })),
  };
}

export const accessOf = (answer: Answer): string => tokensOf(answer).access;
