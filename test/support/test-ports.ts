/** The ports of a service under test: the real ones, on the table that all tests share. */
import { attemptStore } from '../../lambdas/adapters/dynamodb/attempt-store.ts';
import { clientStore } from '../../lambdas/adapters/dynamodb/client-store.ts';
import { codeStore } from '../../lambdas/adapters/dynamodb/code-store.ts';
import { configuration as configurationOf } from '../../lambdas/adapters/dynamodb/configuration.ts';
import { familyStore } from '../../lambdas/adapters/dynamodb/family-store.ts';
import { nonceStore } from '../../lambdas/adapters/dynamodb/nonce-store.ts';
import { poolStore } from '../../lambdas/adapters/dynamodb/pool-store.ts';
import { ringStore } from '../../lambdas/adapters/dynamodb/ring-store.ts';
import { signingKeyStore } from '../../lambdas/adapters/dynamodb/signing-key-store.ts';
import { userStore } from '../../lambdas/adapters/dynamodb/user-store.ts';
import { masterKeyInMemory } from '../../lambdas/adapters/local/master-key.ts';
import { inlinePowers } from '../../lambdas/adapters/system/openssl-powers.ts';
import { ringSealer } from '../../lambdas/adapters/system/ring-sealer.ts';
import { sealedSigner } from '../../lambdas/adapters/system/sealed-signer.ts';
import type { ServicePorts } from '../../lambdas/core/pipeline/exchange.ts';
import type { ModularPowers } from '../../lambdas/core/ports/powers.ts';
import { sharedPairs } from './key-material.ts';
import { seededRandom } from './seeded-random.ts';
import { testTable } from './table.ts';

let powers: ModularPowers | undefined;

export function testPorts(given: Pick<ServicePorts, 'clock' | 'random' | 'messenger' | 'logger'>): ServicePorts {
  const { clock, random } = given;
  const table = testTable();
  // All services of a run find the same wrapped key in the table, so it is the same master key that opens it.
  const wrap = masterKeyInMemory(seededRandom('the master key of all tests'));
  const sealer = ringSealer({ rings: ringStore({ table }), wrap, clock, random });
  const configuration = configurationOf({ table, sealer, versionCheck: 'never' });
  powers ??= inlinePowers();
  return {
    ...given,
    pools: poolStore({ table, clock, configuration, indexDelay: 0 }),
    clients: clientStore({ table, sealer, configuration }),
    users: userStore({ table, clock, random, configuration }),
    codes: codeStore({ table, clock }),
    attempts: attemptStore({ table, clock }),
    families: familyStore({ table, clock, configuration }),
    nonces: nonceStore({ table }),
    signer: sealedSigner({ keys: signingKeyStore({ table }), sealer, pairs: sharedPairs, clock, random }),
    sealer,
    powers,
    settings: { issuerBase: 'http://localhost' },
    signatures: 'open',
  };
}
