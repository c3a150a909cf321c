/** A Lambda function without operations: events of API Gateway become requests, what answers them is handed in. */
import middy from '@middy/core';
import type { ApiRequest } from '../model/api-request.ts';
import type { FunctionContext, GatewayEvent, LambdaHandler } from './gateway-events.ts';
import { type Answer, toGatewayAnswer } from './gateway-events.ts';
import { normaliseEvent } from './normalise-event.ts';
import { edgeRefusal } from './require-edge.ts';

export type AnswerRequest = (request: ApiRequest) => Answer | Promise<Answer>;

export interface RequestEntryOptions {
  /** What the edge in front proves itself with; absent where callers may come by themselves. */
  readonly originSecret?: string | undefined;
}

export function requestEntry(answer: AnswerRequest, { originSecret }: RequestEntryOptions = {}): LambdaHandler {
  const handle: LambdaHandler = async (event, { awsRequestId = '' }) => {
    const request = normaliseEvent(event, { requestId: awsRequestId, originSecret });
    return toGatewayAnswer(event, edgeRefusal(request, originSecret) ?? (await answer(request)));
  };
  const composed = middy<GatewayEvent, unknown>().handler(handle as never);
  // Middy's types know the platform's own context; only its request id is read here.
  return composed as unknown as (event: GatewayEvent, context: FunctionContext) => ReturnType<LambdaHandler>;
}
