/** Where people may be sent after they signed in or out. */

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** Schemes that run what stands behind them in the page that follows the link. */
const executable = ['javascript:', 'vbscript:', 'data:', 'blob:', 'about:', 'file:'];

/**
 * Absolute and without a fragment (RFC 6749, 3.1.2). Plain HTTP leads to the same machine only; applications may have
 * schemes of their own.
 */
export function isRedirectUri(uri: string): boolean {
  if (uri.includes('#') || !URL.canParse(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  if (protocol !== 'http:' && protocol !== 'https:') return !executable.includes(protocol);
  // The parser repairs what is no address of the web ("https:x"); another party might read it in another way.
  if (!/^https?:\/\/[^/\\]/i.test(uri)) return false;
  return protocol === 'https:' || loopback.includes(hostname);
}
