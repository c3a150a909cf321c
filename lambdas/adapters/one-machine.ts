/** The ports of the service on one machine: stores over one table, keys in files, work on threads of their own. */
import type { ServicePorts } from '../core/pipeline/exchange.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { KeyWrap } from '../core/ports/key-wrap.ts';
import type { Logger } from '../core/ports/logger.ts';
import type { Messenger } from '../core/ports/messenger.ts';
import type { ModularPowers } from '../core/ports/powers.ts';
import type { Random } from '../core/ports/random.ts';
import type { Settings } from '../core/ports/settings.ts';
import { ringStore } from './dynamodb/ring-store.ts';
import { dynamodbStores } from './dynamodb/stores.ts';
import type { Table } from './dynamodb/table.ts';
import type { KeyPairs } from './system/key-pairs.ts';
import { ringSealer } from './system/ring-sealer.ts';
import { sealedSigner } from './system/sealed-signer.ts';

/** What differs from one start to the next, and what a test stands in for. */
export interface OneMachine {
  readonly table: Table;
  readonly wrap: KeyWrap;
  readonly powers: ModularPowers;
  readonly pairs: KeyPairs;
  readonly messenger: Messenger;
  readonly logger: Logger;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
  /** `always` where another process writes to the same table. */
  readonly versionCheck?: 'never' | 'always';
}

/** Importing and calling this starts nothing: whoever made the parts ends them. */
export function oneMachinePorts(machine: OneMachine): ServicePorts {
  const { table, wrap, clock, random, pairs, versionCheck = 'never' } = machine;
  const sealer = ringSealer({ rings: ringStore({ table }), wrap, clock, random });
  const { rings: _rings, signingKeys, ...stores } = dynamodbStores({ table, clock, random, sealer, versionCheck });
  return {
    ...stores,
    sealer,
    signer: sealedSigner({ keys: signingKeys, sealer, clock, random, pairs }),
    powers: machine.powers,
    messenger: machine.messenger,
    logger: machine.logger,
    settings: machine.settings,
    clock,
    random,
    signatures: 'open',
  };
}
