/** Reads which elements an XML document has, and nothing that could make it larger: no DTD, hence no entities. */

export interface XmlElement {
  /** Local names from the root to the element: `EntityDescriptor/IDPSSODescriptor`. */
  readonly path: string;
  /** As written, namespace prefix included. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** Deeper documents are nothing that anybody writes. */
const deepest = 50;

const nameForm = String.raw`[\p{L}_][\p{L}\p{N}_.:-]*`;

// Each is tried at one place alone, and takes no text that a second try could take in another way.
const tagStart = new RegExp(`<(${nameForm})`, 'uy');
const tagAttribute = new RegExp(
  String.raw`[ \t\r\n]+(${nameForm})[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')`,
  'uy',
);
const tagEnd = /[ \t\r\n]*(\/?)>/uy;
const closingTag = new RegExp(String.raw`</(${nameForm})[ \t\r\n]*>`, 'uy');

/** In the order of the document; `undefined` where it is not well-formed, or has a DTD. */
export function xmlElements(text: string): readonly XmlElement[] | undefined {
  const reader = new Reader(text);
  return reader.isRead() ? reader.elements : undefined;
}

class Reader {
  readonly elements: XmlElement[] = [];
  readonly #text: string;
  readonly #open: { readonly name: string; readonly path: string }[] = [];
  #at = 0;

  constructor(text: string) {
    // A byte order mark is no part of a document.
    this.#text = text.replace(/^\uFEFF/, '');
  }

  isRead(): boolean {
    while (this.#at < this.#text.length) {
      if (!this.#skipText() || (this.#at < this.#text.length && !this.#readMarkup())) return false;
    }
    return this.elements.length > 0 && this.#open.length === 0;
  }

  /** Up to the next markup; outside the root element there is nothing but blanks. */
  #skipText(): boolean {
    const next = this.#text.indexOf('<', this.#at);
    const end = next === -1 ? this.#text.length : next;
    const isInside = this.#open.length > 0;
    const isText = isInside || this.#text.slice(this.#at, end).trim() === '';
    this.#at = end;
    return isText;
  }

  #readMarkup(): boolean {
    const rest = (start: string): boolean => this.#text.startsWith(start, this.#at);
    if (rest('<?')) return this.#skipPast('?>');
    if (rest('<!--')) return this.#skipPast('-->');
    if (rest('<![CDATA[')) return this.#open.length > 0 && this.#skipPast(']]>');
    if (rest('</')) return this.#readClosingTag();
    return this.#readTag();
  }

  #skipPast(end: string): boolean {
    const found = this.#text.indexOf(end, this.#at);
    this.#at = found + end.length;
    return found !== -1;
  }

  #match(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.#at;
    const match = form.exec(this.#text) ?? undefined;
    if (match) this.#at = form.lastIndex;
    return match;
  }

  #readClosingTag(): boolean {
    const name = this.#match(closingTag)?.[1];
    return name !== undefined && this.#open.pop()?.name === name;
  }

  /** A declaration (`<!DOCTYPE`) is no tag either. */
  #readTag(): boolean {
    const name = this.#match(tagStart)?.[1];
    const isSecondRoot = this.#open.length === 0 && this.elements.length > 0;
    if (name === undefined || isSecondRoot || this.#open.length >= deepest) return false;
    const attributes = this.#readAttributes();
    const end = attributes && this.#match(tagEnd);
    if (!attributes || !end) return false;
    const outer = this.#open.at(-1);
    const path = outer ? `${outer.path}/${localName(name)}` : localName(name);
    this.elements.push({ path, attributes });
    if (end[1] === '') this.#open.push({ name, path });
    return true;
  }

  #readAttributes(): ReadonlyMap<string, string> | undefined {
    const attributes = new Map<string, string>();
    for (let match = this.#match(tagAttribute); match; match = this.#match(tagAttribute)) {
      const [, name = '', inDouble, inSingle] = match;
      if (attributes.has(name)) return undefined;
      attributes.set(name, withoutReferences(inDouble ?? inSingle ?? ''));
    }
    return attributes;
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const predefined: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
]);

/** The five that need no DTD, and characters by number. */
const withoutReferences = (value: string): string =>
  value.replaceAll(/&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-f]{1,6});/gi, (reference) => {
    const known = predefined.get(reference);
    if (known !== undefined || !reference.startsWith('&#')) return known ?? reference;
    const code = Number(reference.slice(2, -1).replace(/^x/i, '0x'));
    return code <= 0x10ffff ? String.fromCodePoint(code) : reference;
  });
