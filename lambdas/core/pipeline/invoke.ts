/** Runs the operation with the ports that it declares, and no others. */
import type { Operation } from '../contract/operation.ts';
import type { Ports } from '../ports/index.ts';
import { callOfPerson } from './authorize.ts';
import type { ServicePorts, Step, With } from './exchange.ts';
import { onceMore } from './once-more.ts';

type Needs = 'ports' | 'operation' | 'call' | 'input';

export const invoke: Step<Needs> = {
  async before({ internal: exchange }) {
    exchange.output = await onceMore(
      () => handle(exchange),
      async () => {
        // The person was read with the outdated pool and client.
        if (exchange.operation.caller.kind === 'token') exchange.call = await callOfPerson(exchange);
        return handle(exchange);
      },
    );
  },
};

async function handle(exchange: With<Needs>): Promise<unknown> {
  const { operation, ports, input, call } = exchange;
  exchange.invoked = true;
  return operation.handle?.(input, declaredPorts(operation, ports), call);
}

const picked = new WeakMap<ServicePorts, Map<Operation, Partial<Ports>>>();

/** An object with nothing but these ports, made once for each operation of a function. */
function declaredPorts(operation: Operation, ports: ServicePorts): Partial<Ports> {
  const known = picked.get(ports) ?? new Map<Operation, Partial<Ports>>();
  picked.set(ports, known);
  const found = known.get(operation);
  if (found !== undefined) return found;
  const chosen = Object.freeze(Object.fromEntries((operation.uses ?? []).map((name) => [name, ports[name]])));
  known.set(operation, chosen);
  return chosen;
}
