/** What functions write, line by line, with the name of the function in front. */
import type { Readable } from 'node:stream';

/** A line that has no end is written in parts. */
const longestLine = 16 * 1024;

export function writeLines(stream: Readable, name: string, write: (line: string) => void): void {
  let rest = '';
  const put = (line: string) => write(`[${name}] ${printable(line)}`);
  stream.setEncoding('utf8');
  stream.on('data', (part: string) => {
    const lines = `${rest}${part}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) put(line);
    if (rest.length < longestLine) return;
    put(rest);
    rest = '';
  });
  stream.on('close', () => {
    if (rest !== '') put(rest);
    rest = '';
  });
}

/** Events carry what people chose: what would steer the terminal is left out. */
const printable = (text: string): string => text.replace(/[^\P{C}\t]/gu, '');
