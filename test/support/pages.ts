/** The pages of this repository, as its checks read them. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './fixture-tree.ts';

export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

export const readPage = (path: string): Page => ({ path, text: readFileSync(join(repository, path), 'utf8') });

export const pages = (): readonly Page[] =>
  globSync(['*.md', 'docs/**/*.md'], { cwd: repository }).sort().map(readPage);

/** What stands between fences is no prose: nothing in it is a link or a heading. */
export const prose = ({ text }: Page): string => text.replace(/^```[\s\S]*?^```$/gm, '');

/** The code under `<!-- sample: NAME -->`. */
export function requireSample({ path, text }: Page, name: string, language = 'js'): string {
  const [, code] =
    new RegExp(`<!-- sample: ${name} -->\\n\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text) ?? [];
  if (code === undefined) throw new Error(`${path} has no sample ${name}`);
  return code;
}
