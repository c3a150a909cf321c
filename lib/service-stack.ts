/** What runs: functions with their roles, the routes to them, the queue of jobs, alarms and dashboard. */
import { Aws, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Address } from './address.ts';
import { environmentOf } from './environment.ts';
import { type FunctionName, functionNames } from './functions.ts';
import { portsOf, statementsOf } from './grants.ts';
import { HttpRoutes, stageName as httpStage } from './http-routes.ts';
import { JobQueue } from './job-queue.ts';
import type { MonitoredApi } from './monitored.ts';
import { addObservability } from './observability.ts';
import { RoomFunction } from './room-function.ts';
import { protectStages } from './rules/protect-stages.ts';
import { type ApiName, nameOfApi, RestApis, stageName as restStage } from './rules/rest-apis.ts';
import type { Settings } from './settings.ts';
import type { StateStack } from './state-stack.ts';
import { keepWarm } from './warm.ts';
import { acknowledgeWildcards } from './wildcards.ts';

export interface ServiceProps extends StackProps {
  readonly settings: Settings;
  readonly state: StateStack;
  readonly address: Address;
  readonly distribution?: IDistribution | undefined;
}

export class ServiceStack extends Stack {
  /** Only with routing `rules`, whose domain name leads to them. */
  readonly restApis: ReadonlyMap<ApiName, RestApi>;

  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id, props);
    const jobs = new JobQueue(this, 'Jobs');
    const functions = makeFunctions(this, props, jobs);
    jobs.wakes(requireFunction(functions, 'worker'));
    this.restApis = this.addRoutes(props, keepWarm(functions, props.settings));
    const dashboard = this.addWatch(props, functions, jobs);
    this.addOutputs(props, dashboard);
  }

  private addRoutes(
    { state, settings }: ServiceProps,
    functions: ReadonlyMap<FunctionName, IFunction>,
  ): ReadonlyMap<ApiName, RestApi> {
    const { httpApi: api, accessLog } = state;
    if (api) {
      new HttpRoutes(this, 'Routes', { api, functions, accessLog, settings });
      return new Map();
    }
    const { byName } = new RestApis(this, 'Apis', { functions, accessLog, settings });
    protectStages(this, settings, byName);
    return byName;
  }

  private addWatch(
    { settings, state, distribution }: ServiceProps,
    functions: ReadonlyMap<FunctionName, RoomFunction>,
    { queue, deadLetters }: JobQueue,
  ): Dashboard {
    const { table, httpApi, logGroups } = state;
    const apis: readonly MonitoredApi[] = httpApi
      ? [{ kind: 'http', id: httpApi.apiId, stage: httpStage }]
      : [...this.restApis.keys()].map((name) => ({ kind: 'rest', name: nameOfApi(settings, name), stage: restStage }));
    const watched = { functions: Object.fromEntries(functions), logGroups: [...logGroups.values()], table };
    return addObservability(this, { settings, monitored: { ...watched, queue, deadLetters, apis, distribution } });
  }

  /** Shown after a deployment, and to whoever may read the stack: nothing here is a secret. */
  private addOutputs({ address, state }: ServiceProps, { dashboardName }: Dashboard): void {
    const console = `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}`;
    const outputs = {
      Endpoint: address.issuerBase,
      IssuerBase: address.issuerBase,
      CredentialsEndpoint: address.credentialsEndpoint,
      TableName: state.table.tableName,
      Region: Aws.REGION,
      Dashboard: `${console}#dashboards/dashboard/${dashboardName}`,
    };
    // In a scope of their own: a construct has the name of one of them.
    const scope = new Construct(this, 'Outputs');
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(scope, name, { value }).overrideLogicalId(name);
  }
}

function makeFunctions(
  scope: Construct,
  { settings, state, address }: ServiceProps,
  { queue }: JobQueue,
): ReadonlyMap<FunctionName, RoomFunction> {
  const told = { settings, state, address, queue };
  const make = (name: FunctionName): RoomFunction => {
    const [environment, statements] = [environmentOf(name, told), statementsOf(name, told)];
    const one = new RoomFunction(scope, { name, settings, environment, logGroup: state.logGroup(name), statements });
    acknowledgeWildcards(one.ownRole, settings, portsOf(name));
    return one;
  };
  return new Map(functionNames(settings).map((name) => [name, make(name)]));
}

function requireFunction(functions: ReadonlyMap<FunctionName, RoomFunction>, name: FunctionName): RoomFunction {
  const found = functions.get(name);
  if (!found) throw new Error(`No function ${name}.`);
  return found;
}
