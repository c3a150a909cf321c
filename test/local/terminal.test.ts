/** What a running service writes to the terminal, and what not. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { terminal } from '../../lambdas/adapters/local/terminal.ts';
import type { AuditLine, RequestLine } from '../../lambdas/core/ports/logger.ts';

function written(stream: NodeJS.WriteStream): string[] {
  const lines: string[] = [];
  vi.spyOn(stream, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  return lines;
}

afterEach(() => void vi.restoreAllMocks());

const aLine = (changes: Partial<RequestLine>): RequestLine => ({
  event: 'request.answered',
  level: 'info',
  operation: 'ListUserPools',
  outcome: 'ok',
  status: 200,
  durationMs: 1,
  requestId: '4a1e7c9e-0000-4000-8000-000000000000',
  coldStart: false,
  ...changes,
});

const anAuditLine: AuditLine = {
  event: 'management.recorded',
  plane: 'pools',
  time: '2026-11-20T00:00:00.000Z',
  operation: 'DeleteUserPool',
  access: 'Write',
  actor: 'anonymous',
  outcome: 'ok',
  requestId: '4a1e7c9e-0000-4000-8000-000000000000',
  sourceIp: '127.0.0.1',
  region: 'us-east-1',
};

describe('the terminal', () => {
  test('has lines for people on standard output', () => {
    const lines = written(process.stdout);
    terminal(false).say('[mail] ada@example.com SignUp code=012345');
    expect(lines).toEqual(['[mail] ada@example.com SignUp code=012345\n']);
  });

  test('has requests on standard error only when something went wrong inside', () => {
    const lines = written(process.stderr);
    const { logger } = terminal(false);
    logger.write(aLine({}));
    logger.write(aLine({ outcome: 'NotAuthorizedException', status: 400 }));
    expect(lines).toEqual([]);
    logger.write(aLine({ level: 'error', outcome: 'InternalErrorException', status: 500 }));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ outcome: 'InternalErrorException' }]);
  });

  test('has what went wrong on the side of a request as well', () => {
    const lines = written(process.stderr);
    terminal(false).logger.write(aLine({ level: 'warn', notices: ['CustomEmailSender did not get its message: X'] }));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', notices: ['CustomEmailSender did not get its message: X'] },
    ]);
  });

  test('says who managed what only where callers are told apart', () => {
    const lines = written(process.stderr);
    terminal(false).logger.record(anAuditLine);
    expect(lines).toEqual([]);
    terminal(false, true).logger.record(anAuditLine);
    expect(lines.map((line) => JSON.parse(line))).toEqual([anAuditLine]);
  });

  test('has faults outside of requests, with their causes', () => {
    const lines = written(process.stderr);
    terminal(false).reportFault(new Error('It failed', { cause: new Error('because') }));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'service.failed', fault: { message: 'It failed', cause: { message: 'because' } } },
    ]);
  });

  test('stays clear when asked to', () => {
    const lines = [written(process.stdout), written(process.stderr)];
    const { say, reportFault, logger } = terminal(true);
    say('a line');
    reportFault(new Error('It failed'));
    logger.write(aLine({ level: 'error' }));
    expect(lines).toEqual([[], []]);
  });
});
