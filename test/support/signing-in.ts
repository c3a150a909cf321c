/** Signs people in through the API, by each of the flows, as the tests of the auth room do all the time. */
import {
  type AuthenticationResultType,
  type AuthFlowType,
  type ChallengeNameType,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { somePassword } from './builders.ts';
import { type SrpClient, srpClient } from './srp-client.ts';
import type { Service } from './start-service.ts';

export interface App {
  readonly id: string;
  readonly poolId: string;
}

type Parameters = Readonly<Record<string, string>>;

export interface SigningIn {
  initiate(flow: AuthFlowType, parameters?: Parameters): Promise<InitiateAuthCommandOutput>;
  respond(
    challenge: ChallengeNameType,
    responses: Parameters,
    session?: string,
  ): Promise<RespondToAuthChallengeCommandOutput>;
  /** USER_PASSWORD_AUTH. */
  byPassword(username: string, password?: string, more?: Parameters): Promise<InitiateAuthCommandOutput>;
  /** The first leg of USER_SRP_AUTH. */
  challengeOf(username: string, srp?: SrpClient, more?: Parameters): Promise<Parameters>;
  /** Both legs. */
  bySrp(username: string, password?: string): Promise<RespondToAuthChallengeCommandOutput>;
  /** REFRESH_TOKEN_AUTH. */
  refresh(token: string, more?: Parameters): Promise<InitiateAuthCommandOutput>;
  /** The tokens of a sign-in by password. */
  tokens(username: string, password?: string): Promise<Tokens>;
}

export function signingIn({ client, clock }: Pick<Service, 'client' | 'clock'>, app: App): SigningIn {
  const ClientId = app.id;
  const initiate: SigningIn['initiate'] = (AuthFlow, AuthParameters) =>
    client.send(new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters }));
  const respond: SigningIn['respond'] = (ChallengeName, ChallengeResponses, Session) =>
    client.send(new RespondToAuthChallengeCommand({ ClientId, ChallengeName, ChallengeResponses, Session }));
  const byPassword: SigningIn['byPassword'] = (USERNAME, PASSWORD = somePassword, more = {}) =>
    initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD, ...more });
  const challengeOf: SigningIn['challengeOf'] = async (USERNAME, srp = srpClient(), more = {}) =>
    parametersOf(await initiate('USER_SRP_AUTH', { USERNAME, SRP_A: srp.publicValue, ...more }));
  return {
    initiate,
    respond,
    byPassword,
    challengeOf,
    async bySrp(username, password = somePassword) {
      const srp = srpClient();
      const challenge = await challengeOf(username, srp);
      const knowledge = { poolId: app.poolId, password, at: clock.now() };
      return respond('PASSWORD_VERIFIER', srp.answer(challenge, knowledge));
    },
    refresh: (REFRESH_TOKEN, more = {}) => initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN, ...more }),
    tokens: async (username, password) => tokensOf(await byPassword(username, password)),
  };
}

export interface Tokens {
  readonly access: string;
  readonly id: string;
  readonly refresh: string;
}

interface Answer {
  readonly AuthenticationResult?: AuthenticationResultType | undefined;
}

/** Of a sign-in, or of a refresh that rotates. */
export function tokensOf({ AuthenticationResult: result }: Answer): Tokens {
  const { AccessToken: access, IdToken: id, RefreshToken: refresh } = result ?? {};
  if (!access || !id || !refresh) throw new Error('The answer lacks tokens');
  return { access, id, refresh };
}

/** What a challenge says. */
export function parametersOf({ ChallengeParameters: parameters }: InitiateAuthCommandOutput): Parameters {
  if (!parameters) throw new Error('The answer lacks ChallengeParameters');
  return parameters;
}

/** The session of a challenge. */
export function sessionOf({ Session }: { readonly Session?: string | undefined }): string {
  if (!Session) throw new Error('The answer lacks a Session');
  return Session;
}

/** `<name>: <message>` of a refusal, as the client reads it, or what came instead. */
export const refusal = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    (answer) => `answered: ${JSON.stringify(answer)}`,
    (error: Error) => `${error.name}: ${error.message}`,
  );
