/** Calls operations of the service the way its clients do: one signed POST each. */

/** Resolves with the answer; rejects with an `ApiError`. */
export type ApiCaller = (operation: string, input: object) => Promise<Readonly<Record<string, unknown>>>;

export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** As in `__type`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

type Headers = Readonly<Record<string, string>>;

/** The headers of a request with those of its signature. */
export type Sign = (
  request: { readonly endpoint: string; readonly headers: Headers; readonly body: string },
  region: string,
) => Promise<Headers>;

/** `signal` calls calls off. */
export function apiCaller(endpoint: string, region: string, signal?: AbortSignal, sign = signForOpen): ApiCaller {
  return async (operation, input) => {
    const content = JSON.stringify(input);
    const plain = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    };
    const headers = await sign({ endpoint, headers: plain, body: content }, region);
    const answer = await fetch(endpoint, { method: 'POST', headers, body: content, ...(signal && { signal }) });
    const body = readBody(await answer.text());
    if (answer.ok) return body;
    const code = String(body['__type'] ?? answer.status).replace(/^.*#/, '');
    throw new ApiError(code, String(body['message'] ?? body['Message'] ?? `${operation} was refused`));
  };
}

/** The signature is none: open mode asks for the header, and reads the region from it. */
const signForOpen: Sign = async ({ headers }, region) => {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=local/${day}/${region}/cognito-idp/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    'x-amz-date': `${day}T000000Z`,
  };
};

function readBody(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text || '{}');
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
