/** The thread behind `threadedPowers`: takes a base and an exponent, answers the power. */
import { parentPort } from 'node:worker_threads';
import { openGroup } from './group-power.ts';

export interface PowerRequest {
  readonly id: number;
  readonly base: Uint8Array;
  readonly exponent: Uint8Array;
}

export type PowerAnswer =
  | { readonly id: number; readonly power: Uint8Array }
  | { readonly id: number; readonly fault: string };

/** Nothing happens when this is loaded outside a thread. */
if (parentPort) {
  const port = parentPort;
  const power = openGroup();

  const answer = ({ id, base, exponent }: PowerRequest): PowerAnswer => {
    try {
      return { id, power: power(base, exponent) };
    } catch (error) {
      return { id, fault: String(error) };
    }
  };

  port.on('message', (request: PowerRequest) => port.postMessage(answer(request)));
}
