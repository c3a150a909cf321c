/** The plain-text part of a mail, made from its HTML template. */

/** A comment's ends, or a tag. No tag reaches into the next one, so the time is linear in the template. */
const markup = /(<!-->|<!--|-->|<!doctype\b[^<>]*>|<\/?[a-z][a-z0-9]*\b[^<>]*>)/i;
const cellEnd = /^<\/t[dh]\b/i;
const lineTag = /^<\/?(?:br|p|div|tr|li|ul|ol|table|hr|h[1-6])\b/i;
const unseenTag = /^<(head|style|script|title)\b/i;

/** A template without markup stays as it is, its line breaks included. */
export function plainTextOf(html: string): string {
  const pieces = html.split(markup);
  return decoded(pieces.length === 1 ? html : tidied(seenText(pieces)));
}

/** Text and markup take turns, and text comes first. */
function seenText(pieces: readonly string[]): string {
  let seen = '';
  let hiddenUntil = '';
  let target = '';
  for (const [at, piece] of pieces.entries()) {
    const isMarkup = at % 2 === 1;
    if (hiddenUntil !== '') {
      if (isMarkup && isEnd(piece, hiddenUntil)) hiddenUntil = '';
    } else if (isMarkup) {
      seen += textInPlaceOf(piece, target);
      hiddenUntil = endOfHidden(piece);
      if (/^<\/?a\b/i.test(piece)) target = targetOf(piece);
    } else seen += piece.replace(/\s+/g, ' ');
  }
  return seen;
}

/** `<!--[if !mso]><!-->` is one comment, and what follows is for everybody. */
const isEnd = (piece: string, end: string): boolean =>
  end === '-->' ? piece.endsWith(end) : piece.toLowerCase().startsWith(end);

/** Where a link ends, its target follows. */
function textInPlaceOf(tag: string, target: string): string {
  if (lineTag.test(tag)) return '\n';
  if (cellEnd.test(tag)) return ' ';
  return /^<\/a\b/i.test(tag) && target !== '' ? ` (${target})` : '';
}

function endOfHidden(piece: string): string {
  if (piece === '<!--') return '-->';
  const [, name] = unseenTag.exec(piece) ?? [];
  return name === undefined ? '' : `</${name.toLowerCase()}`;
}

function targetOf(tag: string): string {
  const [, double, single] = /\shref\s?=\s?(?:"([^"]*)"|'([^']*)')/i.exec(tag) ?? [];
  return double ?? single ?? '';
}

const tidied = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim().replace(/ +/g, ' '))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&nbsp;': ' ',
};

const decoded = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|apos|nbsp|#39);/g, (entity) => entities[entity] ?? entity);
