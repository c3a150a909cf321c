/** Answers for names that nobody has, as if a code had been sent: for clients that hide who exists. */
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { type CodeDeliveryDetails, simulatedAttribute, simulatedDelivery } from '../core/rules/code-delivery.ts';
import { simulateCode } from '../core/rules/codes.ts';

const reasons = { 'sign-up': 'sign-up', 'reset-password': 'recovery' } as const;

/** From then on, guesses at the code are refused in the words that a wrong guess at a real one gets. */
export async function simulateSending(
  ports: Pick<Ports, 'codes' | 'sealer' | 'random' | 'clock'>,
  pool: Pool,
  name: string,
  purpose: keyof typeof reasons,
): Promise<{ readonly CodeDeliveryDetails: CodeDeliveryDetails }> {
  const attribute = simulatedAttribute(pool, name, reasons[purpose]);
  await simulateCode(ports, pool, name, { purpose, attribute });
  return { CodeDeliveryDetails: await simulatedDelivery(ports, pool, name, reasons[purpose]) };
}
