/** The steps as one function: a request goes in, its answer comes out. */
import middy from '@middy/core';
import type { Operations } from '../contract/operation.ts';
import { recordManagement } from './audit-line.ts';
import type { Arrival, Entry, EntryOptions, Moment, ServicePorts } from './exchange.ts';
import type { Answer, FunctionContext } from './gateway-events.ts';
import { logRequest } from './request-line.ts';
import { steps } from './steps.ts';

export type Pipeline = (arrival: Arrival, context?: FunctionContext) => Promise<Answer>;

/** Ports that are made when the first request comes, and kept. */
export type MakePorts = () => ServicePorts | Promise<ServicePorts>;

export function pipeline(operations: Operations, ports: MakePorts, options: EntryOptions = {}): Pipeline {
  requireNamesAsKeyed(operations);
  const entry: Entry = { operations, options, ports: keepFirst(ports), isColdStart: isFirstCall() };
  const composed = middy({ internal: { entry }, requestEnd: (request) => writeLines(request as unknown as Moment) });
  composed.use([...steps]);
  // Middy's types know the platform's events and context; it hands on whatever it is given.
  return composed as unknown as Pipeline;
}

function writeLines(moment: Moment): void {
  recordManagement(moment);
  logRequest(moment);
}

/** A table that says otherwise would answer one operation's requests with another. */
function requireNamesAsKeyed(operations: Operations): void {
  for (const [key, { name }] of Object.entries(operations)) {
    if (key !== name) throw new Error(`The table has the operation ${name} under the key ${key}`);
  }
}

/** Once made, they are handed out without a promise; an attempt that failed is repeated for the next request. */
function keepFirst(make: MakePorts): MakePorts {
  let kept: ServicePorts | Promise<ServicePorts> | undefined;
  const settle = async (making: Promise<ServicePorts>): Promise<ServicePorts> => {
    try {
      kept = await making;
      return kept;
    } catch (error) {
      kept = undefined;
      throw error;
    }
  };
  return () => {
    if (kept === undefined) {
      const made = make();
      kept = made instanceof Promise ? settle(made) : made;
    }
    return kept;
  };
}

function isFirstCall(): () => boolean {
  let called = false;
  return () => {
    const first = !called;
    called = true;
    return first;
  };
}
