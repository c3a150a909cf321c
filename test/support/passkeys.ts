/** Pools with passkeys, people who have one, and what they ask for. */
import {
  CompleteWebAuthnRegistrationCommand,
  type CreateUserPoolClientCommandInput,
  InitiateAuthCommand,
  ListWebAuthnCredentialsCommand,
  RespondToAuthChallengeCommand,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
  StartWebAuthnRegistrationCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Asked, type Authenticator, anAuthenticator } from './authenticator.ts';
import type { BuiltClient } from './builders.ts';
import { aPerson } from './people.ts';
import { type Service, type ServiceOptions, startService } from './start-service.ts';

export const relyingParty = 'example.com';

type MfaSettings = Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'>;

/** A pool whose people may sign in by passkeys of `example.com`. */
export async function aPasskeyPool(service: Service, mfa: MfaSettings = {}) {
  const factors = { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } as const;
  const pool = await service.aPool({
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: [...factors.AllowedFirstAuthFactors] } },
  });
  const given = { RelyingPartyId: relyingParty, ...mfa.WebAuthnConfiguration };
  await service.client.send(
    new SetUserPoolMfaConfigCommand({ ...mfa, UserPoolId: pool.id, WebAuthnConfiguration: given }),
  );
  return pool;
}

export const anApp = (
  service: Service,
  pool: { readonly id: string },
  app: Partial<CreateUserPoolClientCommandInput> = {},
) => service.aClient(pool, { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'], ...app });

/** Ada, who has signed in by her password. */
export async function somebodyWithPasskeys(mfa: MfaSettings = {}, options: ServiceOptions = {}) {
  const service = await startService(options);
  const pool = await aPasskeyPool(service, mfa);
  const app = await anApp(service, pool);
  const person = await aPerson(service, pool, { username: 'ada', app });
  return { ...service, ...passkeyCalls(service), ...person, service, pool };
}

export function passkeyCalls({ client }: Pick<Service, 'client'>) {
  const start = async (AccessToken: string): Promise<Asked & Readonly<Record<string, unknown>>> => {
    const answer = await client.send(new StartWebAuthnRegistrationCommand({ AccessToken }));
    const options = answer.CredentialCreationOptions;
    if (!isOptions(options)) throw new Error('There are no options');
    return { ...options, rpId: options.rp.id };
  };
  const complete = (AccessToken: string, credential: object) =>
    client.send(new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential: { ...credential } }));
  const list = (AccessToken: string, page: { MaxResults?: number; NextToken?: string } = {}) =>
    client.send(new ListWebAuthnCredentialsCommand({ AccessToken, ...page }));
  const register = async (token: string, authenticator: Authenticator = anAuthenticator()) => {
    await complete(token, authenticator.register(await start(token)));
    return authenticator;
  };
  return { start, complete, list, register, ...signInCalls(client) };
}

function signInCalls(client: Service['client']) {
  const ask = async ({ id: ClientId }: Pick<BuiltClient, 'id'>, USERNAME = 'ada') => {
    const AuthParameters = { USERNAME, PREFERRED_CHALLENGE: 'WEB_AUTHN' };
    const answer = await client.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_AUTH', AuthParameters }));
    const options = JSON.parse(answer.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? 'null');
    return { ...answer, options };
  };
  const answer = (
    { id: ClientId }: Pick<BuiltClient, 'id'>,
    Session: string | undefined,
    credential: object | string,
  ) =>
    client.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        Session,
        ChallengeName: 'WEB_AUTHN',
        ChallengeResponses: {
          USERNAME: 'ada',
          CREDENTIAL: typeof credential === 'string' ? credential : JSON.stringify(credential),
        },
      }),
    );
  return { ask, answer };
}

const isOptions = (value: unknown): value is { readonly challenge: string; readonly rp: { readonly id: string } } =>
  typeof value === 'object' && value !== null && 'challenge' in value && 'rp' in value;
