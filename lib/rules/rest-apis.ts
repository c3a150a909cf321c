/** REST APIs, the only ones that rules lead to: one for each room, one that IAM guards, one for all that is no call. */
import {
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  type IAccessLogDestination,
  type IResource,
  LambdaIntegration,
  MethodLoggingLevel,
  RestApi,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { arnOfLog, restAccessLine } from '../access-log.ts';
import { type FunctionName, idOf, roomNames } from '../functions.ts';
import { profiles } from '../profiles.ts';
import type { Settings } from '../settings.ts';
import { removalOf } from '../table.ts';
import { acknowledgeRestFindings } from './findings.ts';
import { letGatewayWriteLogs } from './gateway-logs.ts';
import { fromEndpointAlone } from './private-policy.ts';

/** What rules lead to: rooms, `credentials`, and `web` for everything that is no call of an operation. */
export type ApiName = FunctionName;

export interface RestApisProps {
  readonly functions: ReadonlyMap<FunctionName, IFunction>;
  readonly accessLog: ILogGroup | undefined;
  readonly settings: Settings;
}

export const stageName = 'live';

export class RestApis extends Construct {
  readonly byName: ReadonlyMap<ApiName, RestApi>;

  constructor(scope: Construct, id: string, props: RestApisProps) {
    super(scope, id);
    const logging = props.accessLog && letGatewayWriteLogs(this);
    const make = (name: ApiName, addMethods: (root: IResource, to: Integrate) => void): [ApiName, RestApi] => {
      const api = makeApi(this, name, props);
      addMethods(api.root, (target) => integrationOf(props, target));
      acknowledgeRestFindings(api, props.settings);
      if (logging) api.node.addDependency(logging);
      return [name, api];
    };
    this.byName = new Map([
      ...roomNames.map((room) => make(room, (root, to) => everythingUnder(root, to(room)))),
      make('credentials', credentialsMethods),
      make('web', webMethods),
    ]);
  }
}

type Integrate = (name: FunctionName) => LambdaIntegration;

function integrationOf({ functions }: RestApisProps, name: FunctionName): LambdaIntegration {
  const handler = functions.get(name);
  if (!handler) throw new Error(`No function ${name}.`);
  return new LambdaIntegration(handler, { allowTestInvoke: false });
}

function everythingUnder(resource: IResource, to: LambdaIntegration): void {
  resource.addMethod('ANY', to);
  resource.addResource('{proxy+}').addMethod('ANY', to);
}

/** Signed for `execute-api`, with credentials of IAM. */
function credentialsMethods(root: IResource, to: Integrate): void {
  const action = root.addResource('_iam').addResource('{action}');
  action.addMethod('POST', to('credentials'), { authorizationType: AuthorizationType.IAM });
}

/** A path has one variable part at each place, so the first one is the pool's everywhere. */
function webMethods(root: IResource, to: Integrate): void {
  const web = to('web');
  // What browsers ask before a call names no operation; every room answers it alike.
  root.addMethod('OPTIONS', to('auth'));
  root.addMethod('ANY', web);
  const first = root.addResource('{poolId}');
  first.addMethod('ANY', web);
  first.addResource('{proxy+}').addMethod('ANY', web);
  const published = first.addResource('.well-known').addResource('{proxy+}');
  for (const method of ['GET', 'HEAD', 'OPTIONS']) published.addMethod(method, to('wellknown'));
}

function makeApi(scope: Construct, name: ApiName, { settings, accessLog }: RestApisProps): RestApi {
  const { vpcEndpointId } = settings;
  const api = new RestApi(scope, `${idOf(name)}Api`, {
    restApiName: nameOfApi(settings, name),
    description: `Millpond: ${name}`,
    endpointTypes: [vpcEndpointId === undefined ? EndpointType.REGIONAL : EndpointType.PRIVATE],
    // Reached by its domain name alone: what is signed names that host.
    disableExecuteApiEndpoint: true,
    cloudWatchRole: false,
    deployOptions: stageOptions(settings, accessLog),
    ...(vpcEndpointId !== undefined && { policy: fromEndpointAlone(vpcEndpointId) }),
  });
  // An output of an address that leads nowhere.
  api.node.tryRemoveChild('Endpoint');
  if (accessLog) keepExecutionLog(api, settings);
  return api;
}

export const nameOfApi = ({ name }: Settings, api: ApiName): string => `${name}-${api}`;

function stageOptions({ profile }: Settings, accessLog: ILogGroup | undefined): StageOptions {
  const { throttle, tracing } = profiles[profile];
  return {
    stageName,
    throttlingRateLimit: throttle.rate,
    throttlingBurstLimit: throttle.burst,
    tracingEnabled: tracing,
    ...(accessLog && {
      accessLogDestination: destinationOf(accessLog),
      accessLogFormat: AccessLogFormat.custom(restAccessLine),
      // Errors of the gateway alone: more would write down what callers sent.
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
    }),
  };
}

const destinationOf = (log: ILogGroup): IAccessLogDestination => ({ bind: () => ({ destinationArn: arnOfLog(log) }) });

/** API Gateway would make this log group itself, and keep it for ever. */
function keepExecutionLog(api: RestApi, settings: Settings): void {
  const log = new LogGroup(api, 'ExecutionLog', {
    logGroupName: `API-Gateway-Execution-Logs_${api.restApiId}/${stageName}`,
    retention: settings.logDays,
    removalPolicy: removalOf(settings),
  });
  api.deploymentStage.node.addDependency(log);
}
