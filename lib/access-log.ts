/** What access logs of gateways say of a request: no query and no header, which can hold codes and tokens. */
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';

const common = {
  requestId: '$context.requestId',
  requestTimeEpoch: '$context.requestTimeEpoch',
  protocol: '$context.protocol',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
  callerArn: '$context.identity.userArn',
  ip: '$context.identity.sourceIp',
} as const;

export const httpAccessLine = JSON.stringify({ ...common, route: '$context.routeKey' });

export const restAccessLine = JSON.stringify({
  ...common,
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  wafResponse: '$context.waf.status',
});

/** API Gateway refuses the `:*` with which the ARN of a log group ends. */
export const arnOfLog = (log: ILogGroup): string =>
  Stack.of(log).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: log.logGroupName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
