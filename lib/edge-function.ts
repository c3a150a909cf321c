/** The function that CloudFront runs at each request: it tells rooms apart by the target, and says who asks. */
import { openToAllPages, preflightHeaders, usualHeaders } from '../lambdas/core/contract/cross-origin.ts';
import { rooms } from '../lambdas/index.ts';

/** A function that the edge runs may have 10 KB; this leaves room to look for what went wrong. */
export const mostBytes = 8192;

/** Where an operation that nobody knows is refused by its name. */
const otherwise = 'pools';

export function edgeFunctionSource(): string {
  const source = template(operationsByRoom());
  const bytes = Buffer.byteLength(source);
  if (bytes >= mostBytes) throw new Error(`The function of the edge has ${bytes} bytes; ${mostBytes} are the bound.`);
  return source;
}

/** `{pools:' CreateUserPool ... '}`: with a space on both sides, each name is found whole. */
function operationsByRoom(): string {
  const entries = Object.entries(rooms).map(([room, table]) => `${room}:' ${Object.keys(table).join(' ')} '`);
  return `{\n${entries.join(',\n')}\n}`;
}

const headersOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `'${name.toLowerCase()}':{value:'${value}'}`)
    .join(',\n');

/** Runtime 2.0 knows ES2021 without much of its library: plain text and arrays are enough. */
const template = (operations: string): string => `const rooms = ${operations};
const usual = '${usualHeaders.join(',')}'.split(',');
const open = {
${headersOf({ ...openToAllPages, ...preflightHeaders })}
};

function roomOf(target) {
  const name = target ? target.value.slice(target.value.indexOf('.') + 1) : '';
  if (/^[A-Za-z]+$/.test(name)) {
    for (const room in rooms) if (rooms[room].indexOf(' ' + name + ' ') >= 0) return room;
  }
  return '${otherwise}';
}

// Nothing but names of headers is repeated. CloudFront lets no function set x-amzn-requestid, and adds an id of its own.
function preflight(asked) {
  const names = usual.slice();
  (asked ? asked.value.toLowerCase() : '').split(',').forEach(function (part) {
    const name = part.trim();
    if (/^[!#$%&'*+.^_\`|~a-z0-9-]{1,128}$/.test(name) && names.indexOf(name) < 0) names.push(name);
  });
  const headers = Object.assign({}, open);
  headers['access-control-allow-headers'] = { value: names.join(',') };
  return { statusCode: 200, statusDescription: 'OK', headers: headers };
}

function handler(event) {
  const request = event.request;
  const headers = request.headers;
  // What begins with an underscore is between the edge and the gateway, also behind dots that somebody may follow.
  if (/(\\/|\\\\|%2f|%5c)(_|%5f)/i.test(request.uri)) {
    return {
      statusCode: 403,
      statusDescription: 'Forbidden',
      headers: { 'content-type': { value: 'application/json' }, 'cache-control': { value: 'no-store' } },
      body: '{"message":"Forbidden"}',
    };
  }
  // Whatever the caller says of itself is overwritten.
  headers['x-viewer-host'] = { value: headers.host ? headers.host.value : '' };
  headers['x-viewer-ip'] = { value: event.viewer.ip };
  if (request.uri === '/' && request.method === 'OPTIONS') {
    return preflight(headers['access-control-request-headers']);
  }
  if (request.uri === '/' && request.method === 'POST') request.uri = '/_api/' + roomOf(headers['x-amz-target']);
  return request;
}
`;
