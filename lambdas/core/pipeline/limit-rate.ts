/** Counts requests and refuses those that are too many, where the deployment limits their rate. */
import { rateExceeded } from '../contract/errors.ts';
import type { Operation } from '../contract/operation.ts';
import type { Pool } from '../model/pool.ts';
import type { Place, RateCategory } from '../model/request-rate.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import { clientNamedIn } from '../rules/access-tokens.ts';
import { deploymentOf } from '../rules/deployment.ts';
import { type Draw, drawsOf, drawsOnUser, requireCategory, type Subject, userNamedIn } from '../rules/rate-draws.ts';
import { isAdjustable, rateInForce } from '../rules/request-rates.ts';
import type { Input, ServicePorts, Step, With } from './exchange.ts';

type Needs = 'ports' | 'operation' | 'call' | 'input';

/** Before authorization, which looks at the pool and the user of a token: there, nobody has signed. */
export const limitUnsigned: Step<Needs> = {
  before({ internal: exchange }) {
    const { rates } = exchange.ports;
    return rates && exchange.operation.caller.kind !== 'iam' ? countUnsigned(exchange, rates) : undefined;
  },
};

/** After authorization: who is refused by policies uses up nothing, and who has a token is known by now. */
export const limitRate: Step<Needs> = {
  before({ internal: exchange }) {
    const { rates } = exchange.ports;
    if (rates === undefined) return undefined;
    return exchange.operation.caller.kind === 'iam' ? countSigned(exchange, rates) : countPerson(exchange, rates);
  },
};

interface Counted {
  readonly ports: Pick<ServicePorts, 'settings' | 'provisionedLimits' | 'pools' | 'clients'>;
  readonly operation: Pick<Operation, 'name'>;
  readonly call: Place;
  readonly input: Input;
}

/** Counts what is no operation as one that it does the work of; nobody has signed it. */
export async function countAs(
  name: string,
  ports: Counted['ports'] & Pick<ServicePorts, 'rates'>,
  input: Input,
): Promise<void> {
  if (ports.rates === undefined) return;
  await countUnsigned({ ports, operation: { name }, call: deploymentOf(ports.settings), input }, ports.rates);
}

async function countSigned(exchange: Counted, rates: RateLimits): Promise<void> {
  const { account, region } = exchange.call;
  const pool = [exchange.input['UserPoolId'], exchange.input['ResourceArn']].find(isText);
  await count(exchange, rates, { account, region }, { pool, user: userNamedIn(exchange.input) });
}

/** What a caller says about the region counts for nothing unless it is signed: it would be a rate of its own for each. */
async function countUnsigned(exchange: Counted, rates: RateLimits): Promise<void> {
  const { ports, call, input } = exchange;
  const pool = await findPool(exchange);
  const place = { account: call.account, region: pool?.region ?? deploymentOf(ports.settings).region };
  await count(exchange, rates, place, { pool: pool?.id, user: userNamedIn(input) });
}

async function countPerson({ operation, call, input }: With<Needs>, rates: RateLimits): Promise<void> {
  if (!('person' in call)) return;
  const { pool, user } = call.person;
  const place = { account: call.account, region: pool.region };
  const category = requireCategory(operation.name, input);
  await take(rates, place, drawsOnUser(category, { pool: pool.id, user: user.username }));
}

async function count(exchange: Counted, rates: RateLimits, place: Place, subject: Subject): Promise<void> {
  const { name } = exchange.operation;
  const category = requireCategory(name, exchange.input);
  const rate = await findRate(exchange, place, category);
  await take(rates, place, drawsOf(name, category, rate, subject));
}

async function findRate({ ports }: Pick<Counted, 'ports'>, place: Place, category: RateCategory): Promise<number> {
  const raised = isAdjustable(category) ? await ports.provisionedLimits.recent(place) : {};
  return rateInForce(ports.settings, category, raised[category]);
}

async function take(rates: RateLimits, place: Place, draws: readonly Draw[]): Promise<void> {
  for (const draw of draws) if (!(await isWithin(rates, place, draw))) throw rateExceeded();
}

async function isWithin(rates: RateLimits, place: Place, { of, rate, excess }: Draw): Promise<boolean> {
  if ((await rates.take({ place, of, rate })) === 'taken') return true;
  return excess !== undefined && isWithin(rates, place, excess);
}

/** The pool that an unsigned request is about, as far as it says so. */
async function findPool({ ports, input }: Pick<Counted, 'ports' | 'input'>): Promise<Pool | undefined> {
  const { UserPoolId, ClientId, AccessToken } = input;
  if (isText(UserPoolId)) return ports.pools.find(UserPoolId);
  const clientId = isText(ClientId) ? ClientId : isText(AccessToken) ? clientNamedIn(AccessToken) : undefined;
  return clientId === undefined ? undefined : (await ports.clients.find(clientId))?.pool;
}

const isText = (value: unknown): value is string => typeof value === 'string';
