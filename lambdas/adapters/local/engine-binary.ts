/** Finds the program of the embedded engine, which npm installs where there is one for the platform. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { badMachine } from './cannot-start.ts';

export type Resolve = (path: string) => string;

/** Looked up when an engine is wanted, not before: a service on another database needs none. */
export function findEngine(resolve: Resolve = createRequire(import.meta.url).resolve): string {
  try {
    return join(dirname(resolve('@dynoxide/linux-x64/package.json')), 'dynoxide');
  } catch (error) {
    throw badMachine(missing(`${process.platform}-${process.arch}`), error);
  }
}

const missing = (platform: string): string =>
  platform === 'linux-x64'
    ? 'The embedded table engine is not installed: run npm ci without --omit=optional, or set --dynamodb to the URL of a DynamoDB endpoint.'
    : `There is no embedded table engine for ${platform}: set --dynamodb to the URL of a DynamoDB endpoint.`;
