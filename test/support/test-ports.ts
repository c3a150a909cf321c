/** The ports of a service under test: those of one machine, on the table that all tests share. */
import { masterKeyInMemory } from '../../lambdas/adapters/local/master-key.ts';
import { type OneMachine, oneMachinePorts } from '../../lambdas/adapters/one-machine.ts';
import { inlinePowers } from '../../lambdas/adapters/system/inline-powers.ts';
import type { ServicePorts } from '../../lambdas/core/pipeline/exchange.ts';
import type { ModularPowers } from '../../lambdas/core/ports/powers.ts';
import type { Settings } from '../../lambdas/core/ports/settings.ts';
import { sharedPairs } from './key-material.ts';
import { seededRandom } from './seeded-random.ts';
import { testTable } from './table.ts';

/** Shared, because opening the group takes time. */
let powers: ModularPowers | undefined;

export function testPorts(
  given: Pick<OneMachine, 'clock' | 'random' | 'messenger' | 'logger'> & Partial<OneMachine>,
): ServicePorts {
  powers ??= inlinePowers();
  return oneMachinePorts({
    table: testTable(),
    // All services of a run find the same wrapped key in the table, so it is the same master key that opens it.
    wrap: masterKeyInMemory(seededRandom('the master key of all tests')),
    powers,
    pairs: sharedPairs,
    // Tests look at answers, not at when they leave.
    pace: { begin: () => async () => {} },
    ...given,
    settings: withRoom(given.settings ?? { issuerBase: 'http://localhost' }),
  });
}

/** All tests make their pools and domains in one account, unless they say another one. */
const withRoom = (settings: Settings): Settings => ({
  ...settings,
  quotas: { ...(settings.account === undefined && plenty), ...settings.quotas },
});

const plenty = { poolsPerAccount: 1_000_000, customDomainsPerAccount: 1_000_000 };
