/** Matches by backtracking, as the language's engine does, and counts the characters that are looked at. */
import { type Node, parsePattern } from './pattern-syntax.ts';

export interface Work {
  readonly matched: boolean;
  readonly steps: number;
}

type Next = (at: number) => boolean;

/** Tries what the engine tries, in its order: each option from the first, each repetition as often as it goes. */
export function countSteps(expression: RegExp, text: string): Work {
  const characters = [...text];
  let steps = 0;

  function one(node: Node, at: number, next: Next): boolean {
    switch (node.kind) {
      case 'start':
        return at === 0 && next(at);
      case 'end':
        return at === characters.length && next(at);
      case 'set':
        return looksAt(node, at) && next(at + 1);
      case 'choice':
        return node.options.some((option) => all(option, 0, at, next));
      case 'repeat':
        return node.node.kind === 'set' ? run(node.node, node.min, node.max, at, next) : again(node, 0, at, next);
      default:
        return node satisfies never;
    }
  }

  function looksAt(set: Extract<Node, { kind: 'set' }>, at: number): boolean {
    steps++;
    const character = characters[at];
    return character !== undefined && set.has(character);
  }

  const all = (nodes: readonly Node[], index: number, at: number, next: Next): boolean => {
    const node = nodes[index];
    return node === undefined ? next(at) : one(node, at, (after) => all(nodes, index + 1, after, next));
  };

  /** A repeated character needs no depth: as many as there are, then one less at a time. */
  function run(set: Extract<Node, { kind: 'set' }>, min: number, max: number, at: number, next: Next): boolean {
    let end = at;
    while (end - at < max && looksAt(set, end)) end++;
    for (; end - at >= min; end--) if (next(end)) return true;
    return false;
  }

  function again(repeat: Extract<Node, { kind: 'repeat' }>, done: number, at: number, next: Next): boolean {
    const once: Next = (after) => (after > at || done < repeat.min) && again(repeat, done + 1, after, next);
    if (done < repeat.max && one(repeat.node, at, once)) return true;
    return done >= repeat.min && next(at);
  }

  const matched = one(treeOf(expression), 0, () => true);
  return { matched, steps };
}

const trees = new WeakMap<RegExp, Node>();

function treeOf(expression: RegExp): Node {
  const tree = trees.get(expression) ?? parsePattern(expression);
  trees.set(expression, tree);
  return tree;
}
