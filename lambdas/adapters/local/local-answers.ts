/** Answers under `/_local`: kept by nobody, and of no use to other sites. */

export interface LocalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Of pages as well. */
export const localHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

export function localJson(status: number, body: unknown): LocalAnswer {
  const headers = {
    ...localHeaders,
    'content-type': 'application/json',
    'content-security-policy': "default-src 'none'",
  };
  return { status, headers, body: JSON.stringify(body) };
}
