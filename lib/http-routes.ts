/** The routes of the HTTP API: rooms by path behind the edge, one function for all of them without it. */
import { Stack } from 'aws-cdk-lib';
import { CfnIntegration, CfnRoute, CfnStage, type HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { arnOfLog, httpAccessLine } from './access-log.ts';
import { acknowledge, checkedInside } from './acknowledge.ts';
import { type FunctionName, idOf, roomNames } from './functions.ts';
import { profiles } from './profiles.ts';
import type { Settings } from './settings.ts';

export interface HttpRoutesProps {
  readonly api: HttpApi;
  readonly functions: ReadonlyMap<FunctionName, IFunction>;
  readonly accessLog: ILogGroup | undefined;
  readonly settings: Settings;
}

export interface Route {
  readonly key: string;
  readonly to: FunctionName;
  readonly authorization?: 'AWS_IAM';
}

const wellKnownPath = '/{poolId}/.well-known/{proxy+}';

const besideRooms: readonly Route[] = [
  { key: 'POST /_iam/{action}', to: 'credentials', authorization: 'AWS_IAM' },
  ...['GET', 'HEAD', 'OPTIONS'].map((method): Route => ({ key: `${method} ${wellKnownPath}`, to: 'wellknown' })),
  // A greedy path would not match the root.
  { key: '$default', to: 'web' },
];

const routesOf = ({ routing }: Pick<Settings, 'routing'>): readonly Route[] => [
  ...(routing === 'edge'
    ? roomNames.map((room): Route => ({ key: `POST /_api/${room}`, to: room }))
    : ['POST /', 'OPTIONS /'].map((key): Route => ({ key, to: 'rooms' }))),
  ...besideRooms,
];

export const stageName = '$default';

export class HttpRoutes extends Construct {
  constructor(scope: Construct, id: string, { api, functions, accessLog, settings }: HttpRoutesProps) {
    super(scope, id);
    makeStage(this, api, settings, accessLog);
    for (const [name, routes] of Map.groupBy(routesOf(settings), ({ to }) => to)) {
      const handler = functions.get(name);
      if (!handler) throw new Error(`No function ${name} to route to.`);
      const target = makeIntegration(this, api, name, handler);
      for (const route of routes) makeRoute(this, api, route, target);
    }
  }
}

function makeStage(scope: Construct, api: HttpApi, { profile }: Settings, accessLog: ILogGroup | undefined): void {
  const { throttle } = profiles[profile];
  const stage = new CfnStage(scope, 'Stage', {
    apiId: api.apiId,
    stageName,
    autoDeploy: true,
    defaultRouteSettings: { throttlingRateLimit: throttle.rate, throttlingBurstLimit: throttle.burst },
    ...(accessLog && {
      accessLogSettings: { destinationArn: arnOfLog(accessLog), format: httpAccessLine },
    }),
  });
  if (!accessLog) {
    acknowledge(
      stage,
      'AwsSolutions-APIG1',
      'A sandbox keeps no access logs: each function writes a line for a request.',
    );
  }
}

/** Only this API may call the function, by whichever of its routes. */
function makeIntegration(scope: Construct, api: HttpApi, name: FunctionName, handler: IFunction): CfnIntegration {
  handler.addPermission('FromApi', {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: Stack.of(scope).formatArn({ service: 'execute-api', resource: api.apiId, resourceName: '*' }),
  });
  return new CfnIntegration(scope, `To${idOf(name)}`, {
    apiId: api.apiId,
    integrationType: 'AWS_PROXY',
    integrationUri: handler.functionArn,
    payloadFormatVersion: '2.0',
  });
}

function makeRoute(scope: Construct, api: HttpApi, { key, authorization }: Route, target: CfnIntegration): void {
  const route = new CfnRoute(scope, key.replaceAll('/', '|'), {
    apiId: api.apiId,
    routeKey: key,
    authorizationType: authorization ?? 'NONE',
    target: `integrations/${target.ref}`,
  });
  if (authorization === undefined) acknowledge(route, 'AwsSolutions-APIG4', checkedInside);
}
