/** Runs the operation with the ports that it declares, and no others. */
import { Refusal } from '../contract/errors.ts';
import type { Operation } from '../contract/operation.ts';
import type { Pool } from '../model/pool.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Ports } from '../ports/index.ts';
import type { Notices } from '../ports/notices.ts';
import type { Triggers } from '../ports/triggers.ts';
import { callOfPerson } from './authorize.ts';
import type { ServicePorts, Step, With } from './exchange.ts';
import { onceMore } from './once-more.ts';

type Needs = 'ports' | 'operation' | 'call' | 'input';

export const invoke: Step<Needs> = {
  async before({ internal: exchange }) {
    exchange.output = await onceMore(
      () => handleOnNewest(exchange),
      async () => {
        exchange.reloaded = true;
        // The person was read with the outdated pool and client.
        if (exchange.operation.caller.kind === 'token') exchange.call = await callOfPerson(exchange);
        return handle(exchange);
      },
    );
  },
};

/**
 * Most reads that rest on a pool and a client check beside them that neither is outdated. A refusal may come before the
 * first of them, and nothing would ever notice: every caller would be refused by what no longer holds.
 */
async function handleOnNewest(exchange: With<Needs>): Promise<unknown> {
  const { clients } = exchange.ports;
  // Administrators and people name a pool, or a token whose check has read its user.
  if (exchange.operation.caller.kind !== 'public') return handle(exchange);
  const seen: Pool[] = [];
  try {
    return await handle(exchange, { clients: noting(clients, seen) });
  } catch (error) {
    if (error instanceof Refusal) await Promise.all(seen.map((pool) => clients.confirm(pool)));
    throw error;
  }
}

const noting = (clients: ClientStore, seen: Pool[]): ClientStore => ({
  ...clients,
  async find(clientId) {
    const found = await clients.find(clientId);
    if (found) seen.push(found.pool);
    return found;
  },
});

async function handle(exchange: With<Needs>, instead: Partial<Ports> = {}): Promise<unknown> {
  const { operation, ports, input, call } = exchange;
  exchange.invoked = true;
  const declared = declaredPorts(operation, ports);
  const own = {
    ...('clients' in declared && instead),
    ...('triggers' in declared && { triggers: hastily(exchange) }),
    ...('notices' in declared && { notices: noticesOf(exchange) }),
  };
  return operation.handle?.(input, { ...declared, ...own }, call);
}

/** For the line that is logged of the request. */
const noticesOf = (exchange: With<Needs>): Notices => ({
  add(notice) {
    exchange.notices = [...(exchange.notices ?? []), notice];
  },
});

/** In milliseconds: then the gateway answers in place of the function. */
const longestRequest = 29_000;

interface Begun {
  readonly ports: Pick<ServicePorts, 'triggers' | 'clock'>;
  readonly startedAt?: number;
}

/** A function of the pool's takes no longer than what is left of the request that it serves. */
export function hastily({ ports, startedAt }: Begun): Triggers {
  const { triggers, clock } = ports;
  const left = () => (startedAt ?? clock.now()) + longestRequest - clock.now();
  return {
    invoke: (arn, event) => triggers.invoke(arn, event, left()),
    send: (arn, event) => triggers.send(arn, event),
  };
}

const picked = new WeakMap<ServicePorts, Map<Operation, Partial<Ports>>>();

/** An object with nothing but these ports, made once for each operation of a function. */
function declaredPorts(operation: Operation, ports: ServicePorts): Partial<Ports> {
  const known = picked.get(ports) ?? new Map<Operation, Partial<Ports>>();
  picked.set(ports, known);
  const found = known.get(operation);
  if (found !== undefined) return found;
  const chosen = Object.freeze(
    Object.fromEntries((operation.uses ?? []).map((name) => [name, name === 'notices' ? undefined : ports[name]])),
  );
  known.set(operation, chosen);
  return chosen;
}
