/** The two pairs of operations that sign people in: those of the person, and those of an administrator. */
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  type AuthFlowType,
  type ChallengeNameType,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { somePassword } from './builders.ts';
import type { App } from './signing-in.ts';
import type { Service } from './start-service.ts';

type Parameters = Readonly<Record<string, string>>;

export interface Hands {
  readonly who: 'the person' | 'an administrator';
  initiate(AuthFlow: AuthFlowType, AuthParameters: Parameters): Promise<InitiateAuthCommandOutput>;
  respond(
    ChallengeName: ChallengeNameType,
    ChallengeResponses: Parameters,
    Session: string | undefined,
  ): Promise<InitiateAuthCommandOutput>;
  /** By the flow that sends the password, which each has under a name of its own. */
  byPassword(USERNAME: string, more?: Parameters): Promise<InitiateAuthCommandOutput>;
}

const begunBy = (initiate: Hands['initiate'], flow: AuthFlowType): Pick<Hands, 'initiate' | 'byPassword'> => ({
  initiate,
  byPassword: (USERNAME, more = {}) => initiate(flow, { USERNAME, PASSWORD: somePassword, ...more }),
});

export function handsOf(
  { client }: Pick<Service, 'client'>,
  { id: ClientId, poolId: UserPoolId }: App,
): readonly Hands[] {
  const place = { UserPoolId, ClientId };
  return [
    {
      who: 'the person',
      ...begunBy(
        (AuthFlow, AuthParameters) => client.send(new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters })),
        'USER_PASSWORD_AUTH',
      ),
      respond: (ChallengeName, ChallengeResponses, Session) =>
        client.send(new RespondToAuthChallengeCommand({ ClientId, ChallengeName, ChallengeResponses, Session })),
    },
    {
      who: 'an administrator',
      ...begunBy(
        (AuthFlow, AuthParameters) => client.send(new AdminInitiateAuthCommand({ ...place, AuthFlow, AuthParameters })),
        'ADMIN_USER_PASSWORD_AUTH',
      ),
      respond: (ChallengeName, ChallengeResponses, Session) =>
        client.send(new AdminRespondToAuthChallengeCommand({ ...place, ChallengeName, ChallengeResponses, Session })),
    },
  ];
}
