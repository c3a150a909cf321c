/** What each operation takes of DynamoDB, as the engine counts it: read and write units, and round trips. */
import { randomUUID } from 'node:crypto';
import { dynamodbTable } from '../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { tallying } from '../lambdas/adapters/dynamodb/usage.ts';
import { startEngine } from '../lambdas/adapters/local/engine.ts';
import { prepareDatabase } from '../lambdas/adapters/local/engine-probe.ts';
import { engineWire } from '../lambdas/adapters/local/engine-wire.ts';
import { masterKeyInMemory } from '../lambdas/adapters/local/master-key.ts';
import { oneMachinePorts } from '../lambdas/adapters/one-machine.ts';
import { inlinePowers } from '../lambdas/adapters/system/inline-powers.ts';
import { keyPairs } from '../lambdas/adapters/system/key-pairs.ts';
import { systemClock } from '../lambdas/adapters/system/system-clock.ts';
import { systemRandom } from '../lambdas/adapters/system/system-random.ts';
import type { Operations } from '../lambdas/core/contract/operation.ts';
import type { ApiRequest } from '../lambdas/core/model/api-request.ts';
import { pipeline } from '../lambdas/core/pipeline/pipeline.ts';
import { rooms } from '../lambdas/index.ts';
import { buildFixtures, fill } from './fixtures.ts';
import { scenarios } from './scenarios.ts';
import type { SrpClient } from './srp-client.ts';
import type { ApiWire } from './wire.ts';

export interface Units {
  readonly name: string;
  readonly roundTrips: number;
  readonly reads: number;
  readonly writes: number;
}

const tableName = 'millpond-units';
const size = 100;
const people = 2;

/** As on AWS, where every request checks the version of the configuration that it was decided on. */
export async function measureUnits(srp: SrpClient): Promise<readonly Units[]> {
  const engine = await startEngine();
  const wire = engineWire(engine);
  try {
    await prepareDatabase(wire, tableName);
    const tally = tallying();
    const call = caller(dynamodbTable({ wire, tableName, observe: tally.observe }));
    const fixtures = await buildFixtures(call, people);
    await fill(call, fixtures, 0, size);
    const units: Units[] = [];
    for (const { name, run } of scenarios({ call, fixtures, srp, size })) {
      await run(0);
      tally.start();
      // The same person as before, who may have signed in for it.
      await run(people);
      const { roundTrips, readUnits, writeUnits } = tally.total();
      units.push({ name, roundTrips, reads: readUnits, writes: writeUnits });
    }
    return units;
  } finally {
    wire.close();
    await engine.stop();
  }
}

/** The pipeline of the service in this process. */
function caller(table: ReturnType<typeof dynamodbTable>): ApiWire['call'] {
  const operations: Operations = Object.assign({}, ...Object.values(rooms));
  const ports = oneMachinePorts({
    table,
    wrap: masterKeyInMemory(),
    powers: inlinePowers(),
    pairs: keyPairs(),
    messenger: { send: async () => {} },
    logger: { write: () => {}, record: () => {} },
    settings: { issuerBase: 'http://localhost' },
    clock: systemClock,
    random: systemRandom,
    versionCheck: 'always',
  });
  const answer = pipeline(operations, () => ports);
  return async (operation, input) => {
    const { status, body } = await answer(requestOf(operation, input));
    const text = body.toString();
    if (status !== 200) throw new Error(`${operation}: ${status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };
}

const requestOf = (operation: string, input: object): ApiRequest => ({
  method: 'POST',
  path: '/',
  rawQuery: '',
  query: [],
  headers: {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0',
  },
  cookies: [],
  body: Buffer.from(JSON.stringify(input)),
  viewerHost: 'localhost',
  sourceIp: '127.0.0.1',
  requestId: randomUUID(),
});
