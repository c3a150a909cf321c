/** Reads what the mail server of the tests took: the subject and the parts of a mail (RFC 5322, RFC 2045 to 2047). */

export interface ReadMail {
  readonly subject: string | undefined;
  readonly html: string | undefined;
  readonly text: string | undefined;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** `data` as it stood between DATA and the final dot. */
export function readMail(data: string): ReadMail {
  // RFC 5321, 4.5.2: the sender doubles a dot that begins a line.
  const mail = readPart(data.replace(/^\.\./gm, '.'));
  const [, boundary] = /boundary="([^"]+)"/.exec(mail.headers.get('content-type') ?? '') ?? [];
  const parts = boundary === undefined ? [mail] : mail.body.split(`--${boundary}`).slice(1, -1).map(readInnerPart);
  const bodyOf = (type: string): string | undefined => {
    const part = parts.find(({ headers }) => headers.get('content-type')?.startsWith(type));
    return part && decodeBody(part);
  };
  return {
    subject: decodeWords(mail.headers.get('subject')),
    html: bodyOf('text/html'),
    text: bodyOf('text/plain'),
  };
}

/** The line ends around a part belong to the boundaries. */
const readInnerPart = (text: string): Part => readPart(text.replace(/^\r\n|\r\n$/g, ''));

function readPart(text: string): Part {
  const end = text.indexOf('\r\n\r\n');
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  return { headers: new Map(headers), body: text.slice(end + 4) };
}

/** Line ends travel as CRLF; in a message they are LF. */
const decodeBody = (part: Part): string => decodeTransfer(part).toString('utf8').replaceAll('\r\n', '\n');

function decodeTransfer({ headers, body }: Part): Buffer {
  switch (headers.get('content-transfer-encoding')) {
    case 'base64':
      return Buffer.from(body, 'base64');
    case 'quoted-printable':
      return Buffer.from(unquoted(body.replace(/=\r\n/g, '')), 'latin1');
    default:
      return Buffer.from(body);
  }
}

const unquoted = (text: string): string =>
  text.replace(/=([0-9A-F]{2})/g, (_whole, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

/** Blanks between two encoded words are not part of the text. */
const decodeWords = (header: string | undefined): string | undefined =>
  header
    ?.replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_whole, form: string, text: string) =>
      form.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString()
        : Buffer.from(unquoted(text.replaceAll('_', ' ')), 'latin1').toString(),
    );
