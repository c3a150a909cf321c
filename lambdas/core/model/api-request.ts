/** One request, whichever way it came in: what every function sees instead of a gateway's event. */

export interface ApiRequest {
  /** Upper case. */
  readonly method: string;
  /** Without the query; `/` for every request of the API. */
  readonly path: string;
  /** Without the question mark. */
  readonly rawQuery: string;
  /** Decoded, in the order sent. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** By lower-case name; repeated ones joined by commas. Without `cookie`. */
  readonly headers: Readonly<Record<string, string>>;
  /** `name=value`, one each. */
  readonly cookies: readonly string[];
  /** The very bytes that the caller sent. */
  readonly body: Uint8Array;
  /** The host that the caller addressed, and signed for. */
  readonly viewerHost: string;
  readonly sourceIp: string;
  /** Whether it came under TLS, where that is known. */
  readonly isSecure?: boolean | undefined;
  /** Whether the edge in front of the gateway has proven itself. */
  readonly viaEdge?: boolean | undefined;
  /** Lower-case UUID. */
  readonly requestId: string;
  /** Who signed for the gateway; only on the one route that IAM authorises. */
  readonly iam?: IamIdentity | undefined;
}

export interface IamIdentity {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
}
