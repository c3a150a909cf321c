/** A Lambda function of operations: events of API Gateway in, its answers out. */
import type { Operations } from '../contract/operation.ts';
import type { EntryOptions } from './exchange.ts';
import { type LambdaHandler, toGatewayAnswer } from './gateway-events.ts';
import { type MakePorts, pipeline } from './pipeline.ts';

export function lambdaEntry(operations: Operations, ports: MakePorts, options?: EntryOptions): LambdaHandler {
  const answer = pipeline(operations, ports, options);
  return async (event, context) => toGatewayAnswer(event, await answer(event, context));
}
