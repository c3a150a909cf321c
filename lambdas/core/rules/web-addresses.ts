/** Which addresses of other services a deployment may be told. */
import type { Settings } from '../ports/settings.ts';

const loopback: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Absolute, by HTTPS, without a name or password in it. A service that is itself reached by plain HTTP, on the machine of
 * a developer, may also be sent to that machine in this way.
 */
export function isWebAddress({ issuerBase }: Pick<Settings, 'issuerBase'>, text: string): boolean {
  // The parser repairs what is no address of the web ("https:x", blanks, controls); another party might read it otherwise.
  if (!/^https?:\/\/[^/\\]/i.test(text) || /[\s\p{Cc}\\]/u.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (issuerBase.startsWith('http://') && loopback.includes(hostname));
}
