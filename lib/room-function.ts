/** One function: its code, a role of its own, a log group of its own. */
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { codeOf } from './bundle.ts';
import { type FunctionName, idOf } from './functions.ts';
import { profiles } from './profiles.ts';
import type { Settings } from './settings.ts';

export interface RoomFunctionProps {
  readonly name: FunctionName;
  readonly settings: Settings;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: ILogGroup;
  /** What it may do beside writing its log. */
  readonly statements: readonly PolicyStatement[];
}

export class RoomFunction extends LambdaFunction {
  readonly ownRole: Role;

  constructor(scope: Construct, { name, settings, environment, logGroup, statements }: RoomFunctionProps) {
    const { tracing, sourceMaps, workerReserve } = profiles[settings.profile];
    const role = makeRole(scope, name, { logGroup, statements });
    super(scope, idOf(name), {
      description: `${settings.name}: ${name}`,
      code: codeOf(scope, name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryOf(name),
      timeout: name === 'worker' ? Duration.minutes(15) : Duration.seconds(29),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: { ...environment, ...(sourceMaps && { NODE_OPTIONS: '--enable-source-maps' }) },
      ...(name === 'worker' && workerReserve !== undefined && { reservedConcurrentExecutions: workerReserve }),
      // A long job wakes itself again and again through the queue, which Lambda would end after sixteen times.
      ...(name === 'worker' && { recursiveLoop: RecursiveLoop.ALLOW }),
    });
    this.ownRole = role;
  }
}

/** Lambda's CPU grows with memory: who signs in waits for password maths, who administers waits for the table. */
const memoryOf = (name: FunctionName): number => (['auth', 'account', 'rooms', 'worker'].includes(name) ? 1024 : 512);

/** Named by its own id, so that no managed policy comes with it. */
function makeRole(
  scope: Construct,
  name: FunctionName,
  { logGroup, statements }: Pick<RoomFunctionProps, 'logGroup' | 'statements'>,
): Role {
  const role = new Role(scope, `${idOf(name)}Role`, {
    description: `What the function ${name} may do`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  for (const statement of statements) role.addToPolicy(statement);
  return role;
}
