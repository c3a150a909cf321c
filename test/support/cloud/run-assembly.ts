/** Runs the synthesised CDK app on this machine: its own templates, its own bundles, stand-ins for the platform around them. */
import { type Assembly, readAssembly } from './assembly.ts';
import { startDynamodbProxy } from './dynamodb-proxy.ts';
import { type TableRows, tableRows } from './engine-rows.ts';
import { type CloudFunction, cloudFunction } from './function.ts';
import { type Guard, guardOf } from './guard.ts';
import { iamAuthorizer } from './iam-authorizer.ts';
import { type CallIam, iamClient } from './iam-client.ts';
import type { IamPeople } from './iam-people.ts';
import type { Hosts } from './identities.ts';
import { invokerOf } from './invoker.ts';
import { deployedFunctions } from './lambda-environment.ts';
import { type Platform, startPlatform } from './platform.ts';
import type { Drained, Queues } from './queues.ts';
import { fireSchedules } from './schedule.ts';
import type { ShiftedClock } from './shifted-clock.ts';
import { sitesOf } from './sites.ts';
import type { StandIns } from './stand-ins.ts';
import { type Context, synthesise } from './synthesise.ts';
import { type Cloud, resolveAssembly } from './template.ts';
import type { TrustingClient } from './trusting-client.ts';

export interface RunOptions {
  /** As after `-c`. */
  readonly context: Context;
  /** Of the table engine. */
  readonly engine: string;
}

export interface RunningStack {
  readonly endpoint: string;
  readonly credentialsEndpoint: string;
  readonly region: string;
  readonly hosts: Hosts;
  readonly cloud: Cloud;
  readonly client: TrustingClient;
  /** PEM, of what the endpoint proves itself with. */
  readonly ca: string;
  readonly people: IamPeople;
  readonly callIam: CallIam;
  /** By room. */
  readonly functions: ReadonlyMap<string, CloudFunction>;
  readonly guard: Guard;
  readonly clock: ShiftedClock;
  readonly services: Pick<StandIns, 'kms' | 'ses' | 'sns' | 'lambda'>;
  readonly queues: Pick<Queues, 'messages'>;
  readonly rows: TableRows;
  /** What no caller would have noticed: faults of functions, of the templates, of what they ask of the platform. */
  readonly faults: readonly unknown[];
  drainQueues(): Promise<Drained>;
  /** As the clock of the platform: fires all schedules, and hands out what they have put into queues. */
  tick(): Promise<Drained>;
  /** The app anew, with another context, on what is there: tables, keys and names stay. This one answers no more. */
  redeploy(context: Context): Promise<RunningStack>;
  close(): Promise<void>;
}

export async function runAssembly({ context, engine }: RunOptions): Promise<RunningStack> {
  return deployTo(await startPlatform(engine, context), context);
}

async function deployTo(platform: Platform, context: Context): Promise<RunningStack> {
  const { standIns, clock, onFault, front, hosts, people, client, region } = platform;
  const synthesised = await synthesise(context);
  const assembly = await readAssembly(synthesised.folder);
  await platform.keys.makeFor(assembly);
  const cloud = resolveAssembly(assembly, platform.placeOf(context['domainName']));
  requireResolved(cloud);
  const proxied = { permits: (...asked: Parameters<Guard['permits']>) => guard.permits(...asked) };
  const dynamodb = await startDynamodbProxy({ cloud, endpoint: platform.engine, guard: proxied, onFault });
  const deployed = deploy({ assembly, cloud, standIns, dynamodbUrl: dynamodb.url, clock, onFault });
  const guard = guardOf(
    cloud,
    deployed.map(({ caller }) => caller),
  );
  platform.guard = guard;
  for (const one of deployed) requireWritable(guard, cloud, one);
  const functions = deployed.map(({ fn }) => fn);
  const invoker = invokerOf(cloud, functions);
  const authorize = iamAuthorizer({ callers: Object.values(people), region, now: clock.now });
  for (const [host, site] of sitesOf({ cloud, invoker, authorize, now: clock.now, onFault }, hosts)) {
    front.sites.set(host, site);
  }
  const queues = standIns.queues.serve({
    cloud,
    guard,
    now: clock.now,
    findFunction: (name) => requireFunction(deployed, name),
  });
  const { Endpoint: endpoint = '', CredentialsEndpoint: credentialsEndpoint = '' } = cloud.outputs;

  async function stop(): Promise<void> {
    await Promise.all(functions.map((one) => one.kill()));
    await dynamodb.close();
    await synthesised.remove();
  }

  return {
    endpoint,
    credentialsEndpoint,
    region,
    hosts,
    cloud,
    client,
    ca: front.ca,
    people,
    callIam: iamClient({ client, credentialsEndpoint, region, now: clock.now }),
    functions: new Map(functions.map((one) => [one.room, one])),
    guard,
    clock,
    services: standIns,
    queues,
    rows: tableRows(cloud, platform.engine),
    faults: platform.faults,
    drainQueues: () => queues.drain(),
    async tick() {
      await fireSchedules(cloud, { invoker, queues });
      return queues.drain();
    },
    async redeploy(next) {
      await stop();
      return deployTo(platform, next);
    },
    async close() {
      await stop();
      await platform.close();
    },
  };
}

/** Also what nothing here asks for: a reference that leads nowhere would end a deployment. */
function requireResolved({ resources, outputs }: Cloud): void {
  // Each is resolved when it is first looked at.
  const all = [outputs, ...resources.map(({ properties }) => properties)];
  if (JSON.stringify(all).includes('{{resolve:')) throw new Error('The templates refer to something that is nowhere');
}

interface Parts {
  readonly assembly: Assembly;
  readonly cloud: Cloud;
  readonly standIns: StandIns;
  readonly dynamodbUrl: string;
  readonly clock: ShiftedClock;
  readonly onFault: (fault: unknown) => void;
}

function deploy({ assembly, cloud, standIns: { kms, queues, ses, sns, lambda }, dynamodbUrl, clock, onFault }: Parts) {
  const endpoints = {
    DYNAMODB: dynamodbUrl,
    KMS: kms.url,
    SQS: queues.url,
    SESV2: ses.url,
    SNS: sns.url,
    LAMBDA: lambda.url,
  };
  const functions = deployedFunctions({ assembly, cloud, endpoints, clock: clock.memory, onFault });
  return functions.map(({ settings, caller, isTraced }) => ({
    name: settings.name,
    logGroup: settings.logGroup,
    isTraced,
    caller,
    fn: cloudFunction(settings),
  }));
}

type DeployedFunction = ReturnType<typeof deploy>[number];

/** Lambda writes logs and traces of a function in the name of its role. */
function requireWritable(guard: Guard, { place }: Cloud, { caller, logGroup, isTraced }: DeployedFunction): void {
  const log = `arn:aws:logs:${place.region}:${place.account}:log-group:${logGroup}:log-stream:one`;
  const written = [
    { action: 'logs:CreateLogStream', resource: log },
    { action: 'logs:PutLogEvents', resource: log },
    ...(isTraced ? ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'] : []).map((action) => ({
      action,
      resource: '*',
    })),
  ];
  guard.permits(
    caller.accessKeyId,
    written.map((one) => ({ ...one, context: {} })),
  );
}

function requireFunction(deployed: readonly DeployedFunction[], name: string) {
  const found = deployed.find((one) => one.name === name || one.fn.arn === name);
  if (found === undefined) throw new Error(`There is no function ${name}`);
  return { fn: found.fn, accessKeyId: found.caller.accessKeyId };
}
