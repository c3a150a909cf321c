/** Failures of functions in the words in which Lambda passes them on. */

/** What a handler threw, rejected with, or handed to its callback. */
export function wordsOfFailure(cause: unknown): string {
  try {
    return cause instanceof Error ? String(cause.message) : String(cause);
  } catch {
    return 'unknown';
  }
}

/** What kept a module from being loaded. */
export function wordsOfLoading(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const isNamed = cause instanceof SyntaxError || /MODULE_NOT_FOUND|UNSUPPORTED/.test(code);
  return isNamed && cause instanceof Error ? `${cause.name}: ${cause.message}` : wordsOfFailure(cause);
}

/** A thread that ended by itself while it had an event. */
export function wordsOfExit(requestId: string, code: number): string {
  const how = code === 0 ? 'without providing a reason' : `with error: exit status ${code}`;
  return `RequestId: ${requestId} Error: Runtime exited ${how}`;
}

export const wordsOfNoMemory = (requestId: string): string =>
  `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`;
