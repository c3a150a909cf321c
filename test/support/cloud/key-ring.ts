/** Which key of the small KMS stands for which one of the templates: the same one in every deployment. */
import type { SmallKms } from '../small-kms.ts';
import type { Assembly } from './assembly.ts';
import type { Resource } from './template.ts';

type Named = Pick<Resource, 'stack' | 'logicalId' | 'properties'>;

export interface KeyRing {
  arnOf(key: Named): string;
  /** Makes as many as the templates have, before they are asked for. */
  makeFor(assembly: Assembly): Promise<void>;
}

const kinds = { pairs: 'SIGN_VERIFY', secrets: 'ENCRYPT_DECRYPT' } as const;

export function keyRing(kms: SmallKms): KeyRing {
  const given = new Map<string, string>();
  const secrets = [kms.wrapKeyArn];
  const pairs = (): readonly string[] => kms.signingKeys.flatMap(({ id, access }) => [id, access]);
  return {
    arnOf({ stack, logicalId, properties }) {
      const name = `${stack}/${logicalId}`;
      const all = properties['KeyUsage'] === kinds.pairs ? pairs() : secrets;
      const used = new Set(given.values());
      const arn = given.get(name) ?? all.find((one) => !used.has(one));
      if (arn === undefined) throw new Error(`The small KMS has no key for ${name}`);
      given.set(name, arn);
      return arn;
    },
    async makeFor({ stacks }) {
      const keys = stacks
        .flatMap(({ template }) => Object.values(template.Resources))
        .filter(({ Type }) => Type === 'AWS::KMS::Key');
      const wanted = keys.filter(({ Properties }) => Properties?.['KeyUsage'] === kinds.pairs).length;
      while (pairs().length < wanted) await kms.addGeneration();
      while (secrets.length < keys.length - wanted) secrets.push(kms.addWrapKey());
    },
  };
}
