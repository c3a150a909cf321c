/** What a running service writes: lines for people, and what went wrong inside. */

import { describeFault } from '../../core/pipeline/describe-fault.ts';
import type { JobLog } from '../../core/ports/job-log.ts';
import type { Logger } from '../../core/ports/logger.ts';

export interface Terminal {
  say(line: string): void;
  /** Of what somebody should look at. */
  warn(line: string): void;
  /** Of something that went wrong outside of any request. */
  reportFault(fault: unknown): void;
  readonly logger: Logger;
  readonly jobLog: JobLog;
}

/**
 * Requests that went well leave no line: whoever watches this terminal waits for codes. Who managed what is worth
 * knowing where callers are told apart; elsewhere everybody is anonymous.
 */
export function terminal(isQuiet: boolean, showsAudit = false): Terminal {
  const warn = (line: string): void => void (isQuiet || process.stderr.write(`${line}\n`));
  return {
    say: (line) => void (isQuiet || process.stdout.write(`${line}\n`)),
    warn,
    reportFault: (fault) => warn(JSON.stringify({ event: 'service.failed', fault: describeFault(fault) })),
    logger: {
      write: (line) => {
        if (line.level !== 'info') warn(JSON.stringify(line));
      },
      record: (line) => {
        if (showsAudit) warn(JSON.stringify(line));
      },
    },
    jobLog: {
      write: (line) => {
        if (line.level === 'error') warn(JSON.stringify(line));
      },
    },
  };
}
