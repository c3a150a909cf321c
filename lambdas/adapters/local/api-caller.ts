/** Calls operations of the service the way its clients do: one signed-looking POST each. */

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

/** The signature is none: open mode asks for the header, and reads the region from it. `signal` calls calls off. */
export function apiCaller(endpoint: string, region: string, signal?: AbortSignal): ApiCaller {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    authorization: `AWS4-HMAC-SHA256 Credential=local/${day}/${region}/cognito-idp/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    'x-amz-date': `${day}T000000Z`,
  };
  return async (operation, input) => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { ...headers, 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
      body: JSON.stringify(input),
      ...(signal && { signal }),
    });
    const body = readBody(await answer.text());
    if (answer.ok) return body;
    const code = String(body['__type'] ?? answer.status).replace(/^.*#/, '');
    throw new ApiError(code, String(body['message'] ?? body['Message'] ?? `${operation} was refused`));
  };
}

function readBody(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text || '{}');
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
