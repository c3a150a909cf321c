/** Requests that no client sends: damaged bodies, strange headers, targets and types, all of them made from good ones. */
import fc from 'fast-check';
import type { Operation } from '../../lambdas/core/contract/operation.ts';
import { type Input, validInput } from './generated-inputs.ts';
import { awkwardTexts } from './generated-texts.ts';
import { markSecrets } from './marked-secrets.ts';
import { jsonHeaders, type RawRequest, signature } from './wire.ts';

type Damage<T> = (good: T) => fc.Arbitrary<T>;

/** One or two things are wrong with each; what was sent to the operation is marked where it is secret. */
export function rawRequest(operation: Operation): fc.Arbitrary<RawRequest> {
  const good = validInput(operation.input).map((input) => goodRequest(operation, input));
  return good.chain((request) =>
    fc.oneof(
      { weight: 5, arbitrary: damagedBody(request) },
      { weight: 3, arbitrary: damagedHeaders(request) },
      { weight: 1, arbitrary: damagedBody(request).chain(damagedHeaders) },
      { weight: 1, arbitrary: queryForm(operation, request) },
    ),
  );
}

const goodRequest = ({ name, input: shape }: Operation, input: Input): RawRequest => ({
  headers: { ...jsonHeaders(name), ...signature() },
  body: JSON.stringify(markSecrets(shape, input)),
});

const textOf = ({ body = '' }: RawRequest): string => body.toString();

const damagedBody: Damage<RawRequest> = (request) => {
  const text = textOf(request);
  return fc.oneof(...ways.map((way) => way(text))).map((body) => ({ ...request, body }));
};

const anywhere = (text: string): fc.Arbitrary<number> => fc.nat(text.length);

const ways: readonly ((text: string) => fc.Arbitrary<string | Uint8Array>)[] = [
  // Cut short.
  (text) => anywhere(text).map((at) => text.slice(0, at)),
  (text) => anywhere(text).map((at) => Buffer.from(text).subarray(0, at)),
  // Something else in between.
  (text) =>
    fc
      .tuple(anywhere(text), fc.string({ unit: 'binary', maxLength: 8 }))
      .map(([at, other]) => spliced(text, at, other)),
  (text) =>
    fc
      .tuple(anywhere(text), bytes(1, 6))
      .map(([at, other]) => Buffer.concat([Buffer.from(text.slice(0, at)), other, Buffer.from(text.slice(at))])),
  (text) =>
    fc
      .tuple(anywhere(text), fc.constantFrom('\\ud800', '\\u0000', '\\', '"', '\u0000', '1e999', '{"__proto__":1}'))
      .map(([at, other]) => spliced(text, at, other)),
  // Every member twice, and then again as one of the language's own.
  (text) =>
    fc.constantFrom(
      `${text.slice(0, -1)},${text.slice(1)}`,
      `{"__proto__":${text},${text.slice(1)}`,
      `{"a":${text},"constructor":${text}}`,
    ),
  // Something that is no object, or more than one.
  (text) =>
    fc.constantFrom(
      `[${text}]`,
      `${text}${text}`,
      `${text},`,
      JSON.stringify(text),
      `\ufeff${text}`,
      'null',
      '0',
      '"',
      '[',
      '{',
      ' ',
      '{]',
    ),
  // Far too deep, wide or long.
  () =>
    fc.constantFrom(
      '{"a":'.repeat(20_000),
      '['.repeat(500_000),
      `{${'"a":1,'.repeat(50_000)}"a":1}`,
      `${' '.repeat(1024 * 1024)}{}`,
      `{"UserPoolId":"${'x'.repeat(900_000)}"}`,
    ),
  // Nothing but chance.
  () => bytes(0, 300),
];

const spliced = (text: string, at: number, other: string): string => `${text.slice(0, at)}${other}${text.slice(at)}`;

const bytes = (minLength: number, maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength, maxLength });

/** What a header can carry (RFC 9110, 5.5), of which each octet arrives as one character. */
const fieldValue = fc.oneof(
  fc
    .string({
      unit: fc
        .integer({ min: 0x20, max: 0xff })
        .filter((code) => code !== 0x7f)
        .map((code) => String.fromCharCode(code)),
      maxLength: 60,
    })
    .map((text) => text.trim()),
  fc.constantFrom(
    ...awkwardTexts.filter((text) => /^[ -~]*$/.test(text)),
    'a'.repeat(8000),
    ',,,',
    '=;=',
    '%',
    '%ff%fe',
  ),
);

const prefix = 'AWSCognitoIdentityProviderService.';

const damagedHeaders: Damage<RawRequest> = (request) =>
  fc
    .record(
      {
        'content-type': fc.constantFrom(
          '',
          'text/plain',
          'application/json',
          'multipart/form-data; boundary=x',
          'application/x-amz-json-1.1; charset=utf-16',
          '\u00e9',
        ),
        'content-encoding': fc.constantFrom('gzip', 'br', 'identity', 'x'),
        authorization: fc.oneof(fieldValue, damagedSignature),
        'x-amz-target': fc.oneof(fieldValue, damagedTarget),
        'x-amz-date': fieldValue,
        'x-amz-security-token': fieldValue,
        cookie: fieldValue,
        host: fc.constantFrom('', '[', 'localhost:99999', 'a b'),
        'x-forwarded-for': fieldValue,
        origin: fieldValue,
        'access-control-request-headers': fieldValue,
        constructor: fieldValue,
      },
      { requiredKeys: [] },
    )
    .chain((headers) =>
      fc.record({
        method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT', 'OPTIONS', 'HEAD', 'DELETE'),
        target: fc.constantFrom(
          '/',
          '/',
          '/',
          '/x',
          '//',
          '/%00',
          '/?',
          '/?Action=',
          '/?=&&%',
          '/#',
          '/../../etc/passwd',
          `/?a=${'b'.repeat(5000)}`,
        ),
        headers: fc.constant({ ...request.headers, ...headers }),
        body: fc.constant(request.body ?? ''),
      }),
    );

const damagedTarget = fc
  .constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'listUsers',
    ' ListUsers',
    'ListUsers.',
    '',
    '*',
    'hasOwnProperty',
  )
  .map((name) => `${prefix}${name}`);

const damagedSignature = fc.constantFrom(
  'AWS4-HMAC-SHA256',
  'AWS4-HMAC-SHA256 Credential=',
  'AWS4-HMAC-SHA256 Credential=////, SignedHeaders=, Signature=',
  'AWS4-HMAC-SHA256 Credential=a/20261120/__proto__/cognito-idp/aws4_request, SignedHeaders=host, Signature=0',
  'AWS4-HMAC-SHA256 Credential=a/20261120//cognito-idp/aws4_request, SignedHeaders=host, Signature=0',
  `AWS4-HMAC-SHA256 Credential=${'a/'.repeat(3000)}, SignedHeaders=host, Signature=0`,
  'Bearer x',
  'Basic eDp5',
);

/** The members as parameters, which say in text what JSON says in values. */
function queryForm({ name }: Operation, request: RawRequest): fc.Arbitrary<RawRequest> {
  const members: readonly (readonly [string, unknown])[] = Object.entries(JSON.parse(textOf(request)) as object);
  const written = members.map(
    ([key, value]) => `${encodeURIComponent(key.toWellFormed())}=${encodeURIComponent(asText(value))}`,
  );
  const query = ['Version=2016-04-18', ...written].join('&').slice(0, 6000);
  return fc
    .tuple(
      fc.constantFrom('GET', 'POST'),
      fc.constantFrom('', '&', '&%', '&Action=ListUsers', '&a=%ff%fe', '&__proto__=1'),
    )
    .map(([method, end]) => ({
      method,
      target: `/?Action=${name}&${query}${end}`,
      headers: signature(),
    }));
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed();
