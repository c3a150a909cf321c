/** Pipelines over operations that need no store, and the lines that they log. */
import type { Operation, Operations } from '../../lambdas/core/contract/operation.ts';
import type { EntryOptions, ServicePorts } from '../../lambdas/core/pipeline/exchange.ts';
import { type Pipeline, pipeline } from '../../lambdas/core/pipeline/pipeline.ts';
import type { AuditLine, RequestLine } from '../../lambdas/core/ports/logger.ts';
import { rooms } from '../../lambdas/index.ts';
import { seededRandom } from './seeded-random.ts';

/** Every operation of the service, by name. */
export const operationTable: Operations = Object.assign({}, ...Object.values(rooms));

export interface StorelessEntry {
  readonly entry: Pipeline;
  readonly ports: ServicePorts;
  readonly lines: readonly RequestLine[];
  readonly audit: readonly AuditLine[];
}

export function storelessEntry(
  operations: Operations = operationTable,
  options: EntryOptions & Partial<ServicePorts> = {},
): StorelessEntry {
  const { queryForm, onUndeclared, onFault, ...given } = options;
  const lines: RequestLine[] = [];
  const audit: AuditLine[] = [];
  const own = {
    clock: { now: () => Date.UTC(2026, 10, 20) },
    random: seededRandom('storeless'),
    settings: { issuerBase: 'http://localhost' },
    logger: {
      write: (line: RequestLine) => void lines.push(line),
      record: (line: AuditLine) => void audit.push(line),
    },
    signatures: 'open',
    ...given,
  };
  // Stores are missing: an operation that asked one would fail the test.
  const ports = own as unknown as ServicePorts;
  return { entry: pipeline(operations, () => ports, { queryForm, onUndeclared, onFault }), ports, lines, audit };
}

/** A declared operation with another behaviour. */
export const withHandle = (operation: Operation, handle: NonNullable<Operation['handle']>): Operations => ({
  [operation.name]: { ...operation, handle },
});
