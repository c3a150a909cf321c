/** What every transport of text messages asks before it sends one, and where it sends it from. */
import { DeliveryFailed, type SenderRole, type TextMessage, type TextSender } from '../core/ports/messenger.ts';
import type { TextBudget } from '../core/ports/text-budget.ts';
import { patience } from './message-services.ts';
import { keptFor, type RegionOption, regionOption } from './regional-clients.ts';

export interface TexterOptions {
  readonly budget: TextBudget;
  /** Whose STS is asked for the roles of pools; absent: texts are sent with the function's own rights. */
  readonly rolesIn?: string | undefined;
}

/** For the settings of a client. */
export type PlaceOptions = typeof patience & RegionOption & { readonly credentials?: RoleCredentials };

type RoleCredentials = ReturnType<typeof import('./sts/assumed-role.ts').assumedRole>;

/** `action` as in a policy. A client for each region and role, so that nobody sends with what another pool was given. */
export function fromPlaces<T>(
  { rolesIn }: TexterOptions,
  action: string,
  open: (options: PlaceOptions) => Promise<T>,
): (sender: TextSender | undefined) => Promise<T> {
  const senderAt = keptFor(JSON.stringify, async ({ region, role }: Place) =>
    open({ ...patience, ...regionOption(region), ...(role && { credentials: await taken(role) }) }),
  );
  const taken = async (role: SenderRole) => {
    const { assumedRole } = await import('./sts/assumed-role.ts');
    return assumedRole({ role, action, region: rolesIn ?? '' });
  };
  return (sender = {}) => senderAt({ region: sender.region, role: rolesIn === undefined ? undefined : sender.role });
}

type Place = Pick<TextSender, 'region' | 'role'>;

/** E.164, where no country begins with a zero. */
const number = /^\+[1-9]\d{1,14}$/;

export function requireNumber(to: string): string {
  if (!number.test(to)) throw new DeliveryFailed('The text message is not addressed to a telephone number.');
  return to;
}

export async function requireBudget({ budget }: TexterOptions, message: TextMessage): Promise<void> {
  if ((await budget.take(message)) === 'taken') return;
  throw new DeliveryFailed('Too many text messages went to this number, or from this pool, within an hour.');
}
