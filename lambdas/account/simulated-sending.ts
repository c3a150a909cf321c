/** Answers as if a code had been sent, for clients that hide who exists. */
import type { CodeOwner } from '../core/model/code.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { type CodeDeliveryDetails, simulatedAttribute, simulatedDelivery } from '../core/rules/code-delivery.ts';
import { simulateCode } from '../core/rules/codes.ts';

const simulations = {
  'sign-up': 'sign-up',
  'reset-password': 'recovery',
} as const;

/** A name that nobody has, or one of a user to whom no code can go. */
export interface Unreached {
  readonly name: string;
  readonly user: CodeOwner | undefined;
}

/** From then on, guesses at the code are refused in the words that a wrong guess at a real one gets. */
export async function simulateSending(
  ports: Pick<Ports, 'codes' | 'sealer' | 'random' | 'clock'>,
  pool: Pool,
  { name, user }: Unreached,
  purpose: keyof typeof simulations,
): Promise<{ readonly CodeDeliveryDetails: CodeDeliveryDetails }> {
  const reason = simulations[purpose];
  const attribute = simulatedAttribute(pool, name, reason);
  await simulateCode(ports, pool, user ?? name, { purpose, attribute });
  return { CodeDeliveryDetails: await simulatedDelivery(ports, pool, name, reason) };
}
