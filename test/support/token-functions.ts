/** A function that changes tokens, a pool that has it, and somebody who signs in there. */
import type {
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { moduleTriggers } from '../../lambdas/adapters/triggers/module-triggers.ts';
import { signingIn, type Tokens } from './signing-in.ts';
import { startService } from './start-service.ts';

export type Version = 'V1_0' | 'V2_0' | 'V3_0';

export interface TokenEvent {
  readonly version: string;
  readonly triggerSource: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userName: string;
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string };
  readonly request: {
    readonly userAttributes: Readonly<Record<string, string>>;
    readonly groupConfiguration: Readonly<Record<string, unknown>>;
    readonly scopes?: readonly string[];
    readonly clientMetadata?: Readonly<Record<string, string>>;
  };
  readonly response: Readonly<Record<string, unknown>>;
}

export interface TokenRoom {
  readonly version?: Version;
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
}

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:tokens';

/** What the function says of the tokens. */
type Says = (event: TokenEvent) => unknown;

/** `says` is told the event, and answers the member that its version has in the response. */
export async function tokenRoom(says: Says, { version = 'V2_0', pool: settings, client }: TokenRoom = {}) {
  const events: TokenEvent[] = [];
  const member = version === 'V1_0' ? 'claimsOverrideDetails' : 'claimsAndScopeOverrideDetails';
  let current = says;
  const triggers = moduleTriggers({
    async [arn](event: TokenEvent) {
      events.push(structuredClone(event));
      return { ...event, response: { [member]: await current(event) } };
    },
  });
  const service = await startService({ ports: { triggers } });
  const pool = await service.aPool({
    LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: version, LambdaArn: arn } },
    ...settings,
  });
  const app = await service.aClient(pool, client);
  const user = await service.aUser(pool, { username: 'ada', attributes: { email: 'ada@example.com', name: 'Ada' } });
  const signIn = signingIn(service, app);
  return {
    ...service,
    service,
    events,
    pool,
    app,
    user,
    signIn,
    /** From now on. */
    say(next: Says) {
      current = next;
    },
    claims: async () => claimsOf(await signIn.tokens('ada')),
  };
}

export const claimsOf = ({ id, access }: Pick<Tokens, 'id' | 'access'>) => ({
  id: decodeJwt(id) as Readonly<Record<string, unknown>>,
  access: decodeJwt(access) as Readonly<Record<string, unknown>>,
});
