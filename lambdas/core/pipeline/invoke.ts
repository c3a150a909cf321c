/** Runs the operation with the ports that it declares, and no others. */
import { notBuilt } from '../contract/errors.ts';
import type { Operation } from '../contract/operation.ts';
import type { Ports } from '../ports/index.ts';
import { callOfPerson } from './authorize.ts';
import type { ServicePorts, Step } from './exchange.ts';
import { onceMore } from './once-more.ts';

export const invoke: Step<'ports' | 'operation' | 'call' | 'input'> = {
  async before({ internal: exchange }) {
    const { operation, input } = exchange;
    if (operation.handle === undefined) throw notBuilt(operation.name);
    const ports = declaredPorts(operation, exchange.ports);
    exchange.invoked = true;
    exchange.output = await onceMore(
      async () => operation.handle?.(input, ports, exchange.call),
      async () => {
        // The person was read with the outdated pool and client.
        if (operation.caller.kind === 'token') exchange.call = await callOfPerson(exchange);
        return operation.handle?.(input, ports, exchange.call);
      },
    );
  },
};

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
