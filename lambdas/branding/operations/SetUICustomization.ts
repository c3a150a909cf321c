/** An administrator sets the logo and CSS of the classic sign-in pages. */
import { iam } from '../../core/contract/callers.ts';
import { domainMissing, poolNotFound, rateExceeded } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { everyClient, type UiCustomization } from '../../core/model/ui-customization.ts';
import type { Ports } from '../../core/ports/index.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireStoredClient } from '../../core/rules/stored-clients.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { requireCustomCss } from '../css/custom-css.ts';
import { uiGaps } from '../gaps.ts';
import { requireLogo } from '../logos.ts';
import { css, uiCustomizationType } from '../shapes.ts';
import { describeCustomization, findDomain } from '../ui-views.ts';

export const SetUICustomization = operation({
  name: 'SetUICustomization',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ClientId: s.optional(clientId),
    CSS: s.optional(css),
    ImageFile: s.optional(s.blob({ max: 131072 })),
  }),
  output: s.structure({ UICustomization: uiCustomizationType }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'clients', 'uiCustomizations', 'cssReader', 'settings', 'clock'],
  gaps: uiGaps,

  async handle(input, ports) {
    const { uiCustomizations, settings } = ports;
    const { ClientId = everyClient } = input;
    const pool = await requirePool(ports, input.UserPoolId);
    return unlessLost(async () => {
      if (ClientId !== everyClient) await requireStoredClient(ports, pool, ClientId);
      const domain = findDomain(pool);
      if (domain === undefined) throw domainMissing();
      const before = await uiCustomizations.find(pool.id, ClientId);
      const after = customization(ports, { poolId: pool.id, clientId: ClientId }, input, before);
      const outcome = await replace(ports, before, after);
      if (outcome === 'pool gone') throw poolNotFound(pool.id);
      if (outcome === 'lost') return 'lost';
      return { UICustomization: after ? describeCustomization(settings, domain, after) : {} };
    }, rateExceeded);
  },
});

interface Asked {
  readonly CSS?: string | undefined;
  readonly ImageFile?: Uint8Array | undefined;
}

/** CSS and logo replace both of the former ones; neither leaves nothing. */
function customization(
  { cssReader, clock }: Pick<Ports, 'cssReader' | 'clock'>,
  whose: Pick<UiCustomization, 'poolId' | 'clientId'>,
  { CSS, ImageFile }: Asked,
  before: UiCustomization | undefined,
): UiCustomization | undefined {
  if (!CSS && !ImageFile?.length) return undefined;
  const now = clock.now();
  return {
    ...whose,
    css: CSS ? requireCustomCss(cssReader, CSS) : undefined,
    logo: ImageFile?.length ? requireLogo(ImageFile) : undefined,
    createdAt: before?.createdAt ?? now,
    modifiedAt: now,
    version: 0,
  };
}

/** Why it was lost shows at the next try. */
async function replace(
  { uiCustomizations }: Pick<Ports, 'uiCustomizations'>,
  before: UiCustomization | undefined,
  after: UiCustomization | undefined,
): Promise<'done' | 'pool gone' | 'lost'> {
  if (!after) return !before || (await uiCustomizations.remove(before)) === 'removed' ? 'done' : 'lost';
  if (before) return (await uiCustomizations.save(before, after)) === 'saved' ? 'done' : 'lost';
  const outcome = await uiCustomizations.add(after, Number.POSITIVE_INFINITY);
  if (outcome === 'pool gone') return outcome;
  return outcome === 'added' ? 'done' : 'lost';
}
