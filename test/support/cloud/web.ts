/** Requests and answers of the world outside, as they travel from one stand-in to the next. */

export type Header = readonly [name: string, value: string];

export interface WebRequest {
  readonly method: string;
  /** As it was sent. */
  readonly path: string;
  /** As it was sent, without the question mark. */
  readonly query: string;
  /** Names as they were sent, repeated ones several times. */
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Of whoever is connected. */
  readonly sourceIp: string;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

export type Site = (request: WebRequest) => Promise<WebAnswer>;

/** All values of a header, joined by commas. */
export function headerOf({ headers }: Pick<WebRequest, 'headers'>, name: string): string | undefined {
  const values = headers.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(',');
}

export const withoutHeaders = (headers: readonly Header[], ...names: readonly string[]): readonly Header[] =>
  headers.filter(([name]) => !names.includes(name.toLowerCase()));

export const jsonAnswer = (status: number, body: object, headers: readonly Header[] = []): WebAnswer => ({
  status,
  headers: [['content-type', 'application/json'], ...headers],
  body: Buffer.from(JSON.stringify(body)),
});

/** Request line and headers, as gateways count them (bytes). */
export const sizeOfHead = ({ method, path, query, headers }: WebRequest): number =>
  Buffer.byteLength(`${method} ${path}?${query} HTTP/1.1`) +
  headers.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value) + 4, 0);

export const headLimit = 10_240;
export const bodyLimit = 10 * 1024 * 1024;

/** `X-Forwarded-For` names everybody on the way; whoever receives a request adds whom it came from. */
export function forwardedFor(request: WebRequest): string {
  const before = headerOf(request, 'x-forwarded-for');
  return before === undefined ? request.sourceIp : `${before}, ${request.sourceIp}`;
}
