/** Reads a regular expression as a tree, to make texts from it and to count the work of matching it. */

export type Node =
  | CharacterSet
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'choice'; readonly options: readonly (readonly Node[])[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly min: number; readonly max: number };

/** One character, of a class or by itself. */
export interface CharacterSet {
  readonly kind: 'set';
  has(character: string): boolean;
}

type Choice = Extract<Node, { kind: 'choice' }>;

/** Knows what the API's patterns are written with; anything else is an error rather than misread. */
export function parsePattern({ source, flags }: RegExp): Choice {
  const reader = new Reader(source, flags);
  const tree = reader.choice();
  if (!reader.atEnd) throw new Error(`Cannot read the pattern ${source}`);
  return tree;
}

const CLASS = /\[(?:\\.|[^\]\\])*\]/y;
const ESCAPE = /\\(?:p\{\w+\}|x[0-9A-Fa-f]{2}|u\{[0-9A-Fa-f]+\}|.)/y;
const PLAIN = /[^\\[\](){}|*+?^$]/uy;
const QUANTIFIER = /\*|\+|\?|\{(\d+)(?:,(\d*))?\}/y;

class Reader {
  readonly #source: string;
  readonly #flags: string;
  #at = 0;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags;
  }

  get atEnd(): boolean {
    return this.#at === this.#source.length;
  }

  choice(): Choice {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return { kind: 'choice', options };
  }

  #sequence(): readonly Node[] {
    const nodes: Node[] = [];
    while (!this.atEnd && !'|)'.includes(this.#source.charAt(this.#at))) nodes.push(this.#quantified(this.#atom()));
    return nodes;
  }

  #atom(): Node {
    if (this.#take('^')) return { kind: 'start' };
    if (this.#take('$')) return { kind: 'end' };
    if (this.#take('(?:') || this.#take('(')) return this.#closed(this.choice());
    return this.#set();
  }

  #closed(node: Node): Node {
    if (!this.#take(')')) throw new Error(`A group stays open in ${this.#source}`);
    return node;
  }

  #set(): CharacterSet {
    const text = this.#match(CLASS)?.[0] ?? this.#match(ESCAPE)?.[0] ?? this.#match(PLAIN)?.[0];
    if (text === undefined) throw new Error(`Cannot read ${this.#source} at ${this.#at}`);
    return characterSet(new RegExp(`^${text}$`, this.#flags));
  }

  #quantified(node: Node): Node {
    const found = this.#match(QUANTIFIER);
    if (found === undefined) return node;
    if ('?+'.includes(this.#source.charAt(this.#at) || ' ')) throw new Error(`${this.#source} has a lazy quantifier`);
    const [text, min, max] = found;
    if (text === '*') return { kind: 'repeat', node, min: 0, max: Number.POSITIVE_INFINITY };
    if (text === '+') return { kind: 'repeat', node, min: 1, max: Number.POSITIVE_INFINITY };
    if (text === '?') return { kind: 'repeat', node, min: 0, max: 1 };
    return { kind: 'repeat', node, min: Number(min), max: max === '' ? Number.POSITIVE_INFINITY : Number(max ?? min) };
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#source) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }
}

/** Remembers what it has been asked: the same few characters come again and again. */
function characterSet(expression: RegExp): CharacterSet {
  const known = new Map<string, boolean>();
  return {
    kind: 'set',
    has(character) {
      const answer = known.get(character) ?? expression.test(character);
      known.set(character, answer);
      return answer;
    },
  };
}
