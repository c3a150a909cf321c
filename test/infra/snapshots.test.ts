/** The templates of each routing as a whole, so that a change of one is seen. `npx vitest run <this file> -u` renews them. */
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { routings, type SynthesisedStack, synthesised } from './synthesised.ts';

/** Watched by tests of their own, and long. */
const leftOut = /^AWS::(CDK::Metadata|CloudWatch::|Logs::QueryDefinition|XRay::)/;

/** What changes with every change of code, or says nothing here. */
function plain(stack: SynthesisedStack): Readonly<Record<string, unknown>> {
  const kept = Object.entries(stack.resources).filter(([, { Type }]) => !leftOut.test(Type));
  return Object.fromEntries(
    kept.map(([id, { Type, Properties, DeletionPolicy }]) => {
      const { Tags: _, Code: __, FunctionCode: ___, ...shown } = Properties ?? {};
      return [id, { Type, ...(DeletionPolicy === 'Retain' && { DeletionPolicy }), ...shown }];
    }),
  );
}

/** `State.PublishOutput...` for what another stack tells. */
function short(_key: string, value: unknown): unknown {
  const { StackName, OutputName } = (Object(value)['Fn::GetStackOutput'] ?? {}) as Readonly<Record<string, string>>;
  if (StackName === undefined || OutputName === undefined) return value;
  return `${StackName.replace('Millpond-', '')}.${OutputName.replace(/^PublishOutput/, '')}`;
}

describe('The templates', () => {
  test.each(Object.entries(routings))('of %s are as they were', async (routing, context) => {
    const stacks = [...synthesised(context).stacks].map(([name, stack]) => [name, plain(stack)]);
    const shown = JSON.parse(JSON.stringify(Object.fromEntries(stacks), short));
    const text = stringify(shown, { lineWidth: 0, aliasDuplicateObjects: false });
    await expect(text.replaceAll(/\b[0-9a-f]{64}\b/g, '<hash>')).toMatchFileSnapshot(`snapshots/${routing}.yaml`);
  });
});
