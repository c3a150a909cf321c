/** What is there before anything is deployed, and stays when it is deployed anew: services, names, the way in, the clock. */
import { type Front, startFront } from './front.ts';
import type { Guard } from './guard.ts';
import { type IamPeople, iamPeople } from './iam-people.ts';
import { type Hosts, placeOf } from './identities.ts';
import { type KeyRing, keyRing } from './key-ring.ts';
import { type ShiftedClock, shiftedClock } from './shifted-clock.ts';
import { type StandIns, startStandIns } from './stand-ins.ts';
import type { Context } from './synthesise.ts';
import type { Place } from './template.ts';
import { type TrustingClient, trustingClient } from './trusting-client.ts';

export interface Platform {
  readonly account: string;
  readonly region: string;
  /** Of the table engine. */
  readonly engine: string;
  readonly hosts: Hosts;
  readonly front: Front;
  readonly standIns: StandIns;
  readonly keys: KeyRing;
  readonly clock: ShiftedClock;
  readonly people: IamPeople;
  readonly client: TrustingClient;
  /** What no caller would have noticed. */
  readonly faults: unknown[];
  readonly onFault: (fault: unknown) => void;
  /** The same names in every deployment. */
  placeOf(domainName: string | undefined): Place;
  /** Of the deployment that is there now. */
  guard: Guard | undefined;
  close(): Promise<void>;
}

/** Where a deployment goes that names no place of its own. */
const usual = { account: '111122223333', region: 'eu-west-1' };

/** `context`: of the deployment, as after `-c`. */
export async function startPlatform(engine: string, context: Context): Promise<Platform> {
  const { account, region } = { ...usual, ...context };
  const run = crypto.randomUUID();
  const faults: unknown[] = [];
  const onFault = (fault: unknown): void => void faults.push(fault);
  const front = await startFront(onFault);
  const hosts: Hosts = { front: `localhost:${front.port}`, api: `127.0.0.1:${front.port}` };
  const requireGuard = (): Guard => {
    if (platform.guard === undefined) throw new Error('A call before there are roles');
    return platform.guard;
  };
  const standIns = await startStandIns({ account, region, guard: requireGuard, onFault });
  const keys = keyRing(standIns.kms);
  const client = trustingClient(front.ca);
  const platform: Platform = {
    account,
    region,
    engine,
    hosts,
    front,
    standIns,
    keys,
    clock: shiftedClock(),
    people: iamPeople(account),
    client,
    faults,
    onFault,
    placeOf: (domainName) => placeOf({ run, account, region, hosts, keys, queueUrl: standIns.queues.url, domainName }),
    guard: undefined,
    async close() {
      client.close();
      await Promise.all([front, standIns].map((one) => one.close()));
    },
  };
  return platform;
}
