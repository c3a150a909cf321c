/** Pools that confirm by link, and the page that their links open. */
import type { CreateUserPoolCommandInput } from '@aws-sdk/client-cognito-identity-provider';
import { web } from '../../lambdas/web/index.ts';
import type { BuiltClient } from './builders.ts';
import { lookAt, signUp } from './people.ts';
import { type Service, type ServiceOptions, startService } from './start-service.ts';
import { inProcess, type RawAnswer } from './wire.ts';

export const byLink: Partial<CreateUserPoolCommandInput> = {
  AutoVerifiedAttributes: ['email'],
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
};

export interface LinkParameters {
  readonly client_id: string;
  readonly user_name: string;
  readonly confirmation_code: string;
}

/** What a link says, as the browser that opens it reads it. */
export function parametersOf(link: string): LinkParameters {
  const { searchParams } = new URL(link);
  const parameter = (name: string) => searchParams.get(name) ?? '';
  return {
    client_id: parameter('client_id'),
    user_name: parameter('user_name'),
    confirmation_code: parameter('confirmation_code'),
  };
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** A browser without the browser: opens addresses, and presses the button. */
export function visitorOf({ ports }: Pick<Service, 'ports'>) {
  const send = inProcess(web(ports));
  return {
    send,
    open: (link: string, method = 'GET'): Promise<RawAnswer> => send({ method, target: targetOf(link) }),
    press: (parameters: Partial<LinkParameters>, target = '/confirmUser'): Promise<RawAnswer> =>
      send({ target, headers: form, body: String(new URLSearchParams({ ...parameters })) }),
  };
}

function targetOf(link: string): string {
  const { pathname, search } = new URL(link, 'http://localhost');
  return `${pathname}${search}`;
}

export interface LinkRoom {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Parameters<Service['aClient']>[1];
  readonly service?: ServiceOptions;
  readonly username?: string;
  readonly email?: string;
}

/** A service, a pool that confirms by link, and somebody who has registered and got one. */
export async function linkRoom(given: LinkRoom = {}) {
  const { username = 'ada', email = 'ada@example.com' } = given;
  const service = await startService(given.service);
  const pool = await service.aPool({ ...byLink, ...given.pool });
  const app = await service.aClient(pool, given.client);
  const register = (name: string, address: string, client: BuiltClient = app) =>
    signUp(service.client, client, { username: name, attributes: { email: address } });
  await register(username, email);
  const linkTo = async (to: string) => (await service.outbox.last({ poolId: pool.id, to })).link ?? '';
  const link = await linkTo(email);
  return {
    ...service,
    ...visitorOf(service),
    pool,
    app,
    link,
    linkTo,
    register,
    parameters: parametersOf(link),
    statusOf: async (name = username) => (await lookAt(service.client, pool, name)).status,
    attributesOf: async (name = username) => (await lookAt(service.client, pool, name)).attributes,
  };
}
