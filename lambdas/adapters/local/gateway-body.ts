/** Reads the body of a request from a socket, and no more of it than can be wanted. */
import type { IncomingMessage } from 'node:http';

const mebibyte = 1024 * 1024;

/** One byte more than the largest body that any operation takes, so that it is seen to be too large. */
const mostKept = 6 * mebibyte + 1;
/** A client that sends no more than this is let finish, because one that is cut off does not read the answer. */
const mostRead = 10 * mebibyte;

export interface Body {
  readonly bytes: Uint8Array;
  /** Whether the client has sent all of it. */
  readonly isComplete: boolean;
}

/** Cut off after what is kept. `undefined` when the client went away. */
export function readBody(message: IncomingMessage): Promise<Body | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let read = 0;
    const finish = (isComplete: boolean): void => resolve({ bytes: joined(chunks), isComplete });
    message.on('data', (chunk: Buffer) => {
      if (read < mostKept) chunks.push(chunk.subarray(0, mostKept - read));
      read += chunk.length;
      if (read > mostRead) finish(false);
    });
    message.on('end', () => finish(true));
    message.on('error', () => resolve(undefined));
    message.on('close', () => resolve(undefined));
  });
}

function joined(chunks: readonly Buffer[]): Uint8Array {
  const [first, ...others] = chunks;
  if (first === undefined) return new Uint8Array();
  return others.length === 0 ? first : Buffer.concat(chunks);
}
