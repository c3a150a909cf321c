/** What API Gateway hands to a function and takes back: payload formats 2.0 (HTTP APIs) and 1.0 (REST APIs). */

type Strings = Readonly<Record<string, string | undefined>>;
type Lists = Readonly<Record<string, readonly string[] | undefined>>;

/** The members that are read; events carry more. */
export interface EventV2 {
  readonly version: '2.0';
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[] | undefined;
  /** By lower-case name; repeated ones joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly isBase64Encoded: boolean;
  readonly requestContext: {
    readonly stage: string;
    readonly domainName?: string | undefined;
    readonly http: { readonly method: string; readonly sourceIp: string };
    readonly authorizer?:
      | {
          readonly iam?:
            | { readonly accountId: string; readonly userArn: string; readonly userId: string }
            | null
            | undefined;
        }
      | undefined;
  };
}

export interface EventV1 {
  /** Absent from the events of older test tools. */
  readonly version?: '1.0' | undefined;
  readonly httpMethod: string;
  /** Without the stage. */
  readonly path: string;
  readonly headers?: Strings | null | undefined;
  readonly multiValueHeaders?: Lists | null | undefined;
  /** Decoded. */
  readonly queryStringParameters?: Strings | null | undefined;
  readonly multiValueQueryStringParameters?: Lists | null | undefined;
  readonly body?: string | null | undefined;
  readonly isBase64Encoded: boolean;
  readonly requestContext: {
    readonly domainName?: string | undefined;
    readonly identity: {
      readonly sourceIp: string;
      readonly accountId?: string | null | undefined;
      readonly userArn?: string | null | undefined;
      readonly user?: string | null | undefined;
    };
  };
}

export type GatewayEvent = EventV1 | EventV2;

/** What is read of the Lambda context. */
export interface FunctionContext {
  /** Lower-case UUID, new for each invocation. */
  readonly awsRequestId?: string | undefined;
}

/** Right for both formats, save that format 1.0 spells cookies as a header of several values. */
export interface GatewayAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly cookies?: readonly string[] | undefined;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

export type LambdaHandler = (event: GatewayEvent, context: FunctionContext) => Promise<GatewayAnswer>;

/** An answer before it takes the shape of a gateway's. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body: string;
}

export const isV2 = (event: GatewayEvent): event is EventV2 => event.version === '2.0';

/** The answer in the format of the event. */
export function toGatewayAnswer(event: GatewayEvent, { status, headers, cookies, body }: Answer): GatewayAnswer {
  const answer = { statusCode: status, headers, body, isBase64Encoded: false };
  if (cookies === undefined) return answer;
  return isV2(event) ? { ...answer, cookies } : { ...answer, multiValueHeaders: { 'set-cookie': cookies } };
}
