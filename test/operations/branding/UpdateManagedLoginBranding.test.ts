import {
  DeleteManagedLoginBrandingCommand,
  UpdateManagedLoginBrandingCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { jpeg, png, svg } from '../../support/images.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';
import { asset, createStyle, readStyle, styleOf, updateStyle } from '../../support/styles.ts';
import { wholeStyle } from '../../support/whole-style.ts';

const invalid = (message: string): string => `InvalidParameterException: ${message}`;
const notFound = 'ResourceNotFoundException: ManagedLoginBranding does not exist.';
const oneSource = invalid('useCognitoProvidedValues or settings should be specified (but not both)');
const unknownId = '00000000-0000-4000-8000-000000000000';

async function aStyle(asked?: Parameters<typeof createStyle>[2], given?: Service) {
  const service = given ?? (await startService());
  const app = await service.aClient(await service.aPool());
  const made = await createStyle(service, app, asked);
  const update = (change: Parameters<typeof updateStyle>[3], by: Pick<Service, 'client'> = service) =>
    updateStyle(by, app, made.id, change);
  return { service, app, made, update, read: () => readStyle(service, app, made.id) };
}

const colorScheme = (colorSchemeMode: string) => ({ categories: { global: { colorSchemeMode } } });

describe('UpdateManagedLoginBranding', () => {
  test('lays settings over those that there are, and keeps the others', async () => {
    const { service, made, update, read } = await aStyle({
      Settings: { categories: { global: { colorSchemeMode: 'DARK', spacingDensity: 'REGULAR' } } },
    });
    service.clock.advance(1_000);
    const change = {
      categories: { global: { colorSchemeMode: 'DYNAMIC' }, form: { displayGraphics: false } },
      componentClasses: { buttons: { borderRadius: 0.5 } },
    };
    const updated = await update({ Settings: change });
    expect(updated).toEqual({
      ...made,
      Settings: {
        categories: {
          global: { colorSchemeMode: 'DYNAMIC', spacingDensity: 'REGULAR' },
          form: { displayGraphics: false },
        },
        componentClasses: { buttons: { borderRadius: 0.5 } },
      },
      LastModifiedDate: new Date(service.clock.now()),
    });
    expect(await read()).toEqual(updated);
  });

  test('replaces lists as a whole', async () => {
    const enabledTypes = (...types: string[]) => ({ components: { favicon: { enabledTypes: types } } });
    const { update, read } = await aStyle({ Settings: enabledTypes('ICO', 'SVG') });
    await update({ Settings: enabledTypes('SVG') });
    expect((await read()).Settings).toEqual(enabledTypes('SVG'));
    await update({ Settings: enabledTypes() });
    expect((await read()).Settings).toEqual(enabledTypes());
  });

  test("goes over to the service's own values and back, without the settings of before", async () => {
    const { update, read } = await aStyle({ Settings: colorScheme('DARK'), Assets: [asset()] });
    const own = await update({ UseCognitoProvidedValues: true });
    expect(own).toMatchObject({ UseCognitoProvidedValues: true, Assets: [asset()] });
    expect(own).not.toHaveProperty('Settings');
    expect(await read()).toEqual(own);
    const back = await update({ UseCognitoProvidedValues: false, Settings: {} });
    expect(back).toMatchObject({ UseCognitoProvidedValues: false, Settings: {}, Assets: [asset()] });
  });

  test('replaces images of the same category, colour mode and resource, adds others, and takes none away', async () => {
    const [light, dark] = [asset(), asset({ ColorMode: 'DARK' })];
    const { update, read } = await aStyle({ Settings: {}, Assets: [light, dark] });
    const next = asset({ ColorMode: 'DARK', Extension: 'JPEG', Bytes: jpeg(400_000) });
    const named = asset({ ResourceId: 'mine', Extension: 'SVG', Bytes: svg() });
    await update({ Settings: {}, Assets: [next, named] });
    expect((await read()).Assets).toEqual([light, next, named]);
    await update({ Settings: {} });
    expect((await read()).Assets).toEqual([light, next, named]);
    await update({ Settings: {}, Assets: [] });
    expect((await read()).Assets).toEqual([light, next, named]);
  });

  test.each([
    ['neither', {}],
    ['both', { UseCognitoProvidedValues: true, Settings: {} }],
    ['no', { UseCognitoProvidedValues: false }],
    ['images as the only', { Assets: [asset()] }],
  ])('refuses %s source of values', async (_kind, change) => {
    const { made, update, read } = await aStyle({ Settings: colorScheme('DARK') });
    expect(await refused(update(change))).toBe(oneSource);
    expect(await read()).toEqual(made);
  });

  test('refuses what a new style would be refused for, and changes nothing', async () => {
    const { made, update, read } = await aStyle({ Settings: colorScheme('DARK'), Assets: [asset()] });
    expect(await refused(update({ Settings: { x: 1 } }))).toBe(invalid('The settings have no settings.x.'));
    expect(await refused(update({ Settings: {}, Assets: [asset({ Bytes: jpeg() })] }))).toBe(
      invalid('The Bytes of the asset FORM_LOGO are no PNG image.'),
    );
    expect(await read()).toEqual(made);
  });

  test('refuses the forty-first image, and more than four million bytes together', async () => {
    const some = (count: number) => Array.from({ length: count }, (_, index) => asset({ ResourceId: `a${index}` }));
    const full = await aStyle({ Settings: {}, Assets: some(40) });
    expect(await refused(full.update({ Settings: {}, Assets: [asset({ ResourceId: 'another' })] }))).toBe(
      invalid('A style has at most 40 assets.'),
    );
    expect(await refused(full.update({ Settings: {}, Assets: some(40) }))).toBe('nothing is refused');
    const large = await aStyle({ Settings: {} });
    const add = (ResourceId: string, size: number) =>
      refused(large.update({ Settings: {}, Assets: [asset({ ResourceId, Bytes: png(size) })] }));
    for (const name of ['a', 'b', 'c']) expect(await add(name, 1_000_000)).toBe('nothing is refused');
    expect(await add('d', 1_000_000)).toBe('nothing is refused');
    expect(await add('e', 8)).toBe(invalid('All assets of a style may take 4000000 bytes together.'));
    expect((await large.read()).Assets?.map(({ Bytes }) => Bytes?.length)).toEqual([...Array(4).fill(1_000_000)]);
  });

  test('does not know a style that nobody made, that is gone, or that is of another pool', async () => {
    const { service, app, made, update } = await aStyle();
    const change = { UseCognitoProvidedValues: true };
    expect(await refused(updateStyle(service, app, unknownId, change))).toBe(notFound);
    const elsewhere = { ...app, poolId: (await service.aPool()).id };
    expect(await refused(updateStyle(service, elsewhere, made.id, change))).toBe(notFound);
    expect(await refused(updateStyle(service, { ...app, poolId: 'us-east-1_000000000' }, made.id, change))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    const remove = { UserPoolId: app.poolId, ManagedLoginBrandingId: made.id };
    await service.client.send(new DeleteManagedLoginBrandingCommand(remove));
    expect(await refused(update(change))).toBe(notFound);
  });

  test('asks for the pool and the style, although its model does not', async () => {
    const { client } = await startService();
    const missing = (path: string) =>
      invalid(
        `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`,
      );
    const update = (input: object) => refused(client.send(new UpdateManagedLoginBrandingCommand(input)));
    expect(await update({})).toBe(missing('userPoolId'));
    expect(await update({ UserPoolId: 'us-east-1_000000000' })).toBe(missing('managedLoginBrandingId'));
    expect(await update({ ManagedLoginBrandingId: 'not-a-uuid' })).toMatch(/'not-a-uuid' at 'managedLoginBrandingId'/);
  });

  test('loses no change of several that are made at once', async () => {
    const [one, other] = await startProcesses();
    const { update, read } = await aStyle({ Settings: {} }, one);
    const modes = ['LIGHT', 'DARK', 'DYNAMIC'] as const;
    const changes = modes.map((ColorMode, index) =>
      update({ Settings: {}, Assets: [asset({ ColorMode, Bytes: png(400_000 + index) })] }, index % 2 ? other : one),
    );
    expect(await outcomes(changes)).toEqual(['done', 'done', 'done']);
    const { Assets = [] } = await read();
    expect(Assets.map(({ ColorMode, Bytes }) => `${ColorMode} ${Bytes?.length}`).toSorted()).toEqual([
      'DARK 400001',
      'DYNAMIC 400002',
      'LIGHT 400000',
    ]);
  });

  test('asks for another try when others are always faster', async () => {
    const { service, update } = await aStyle();
    const styles = { ...service.ports.styles, save: async () => 'changed' as const };
    const slow = await startService({ ports: { styles } });
    expect(await refused(update({ UseCognitoProvidedValues: true }, slow))).toBe(
      'ConcurrentModificationException: The ManagedLoginBranding is being changed by another request.',
    );
  });
});

describe('ReturnMergedResources', () => {
  test("shows every setting of the service's own style", async () => {
    const { service, app, made } = await aStyle();
    const whole = await readStyle(service, app, made.id, true);
    expect(whole).toEqual({ ...made, Settings: wholeStyle });
    expect(await styleOf(service, app, true)).toEqual(whole);
    expect(await styleOf(service, app, false)).toEqual(made);
  });

  test('lays what was said over what the service has', async () => {
    const Settings = {
      categories: { auth: { federation: { order: ['Google'] } }, global: { colorSchemeMode: 'DARK' } },
      components: { idpButton: { custom: { darkMode: { hover: { textColor: '12345678' } } } } },
    };
    const { service, app, made } = await aStyle({ Settings, Assets: [asset()] });
    const { categories, components } = wholeStyle;
    expect(await readStyle(service, app, made.id, true)).toEqual({
      ...made,
      Settings: {
        ...wholeStyle,
        categories: {
          ...categories,
          auth: { ...categories.auth, federation: { ...categories.auth.federation, order: ['Google'] } },
          global: { ...categories.global, colorSchemeMode: 'DARK' },
        },
        components: {
          ...components,
          idpButton: { ...components.idpButton, custom: Settings.components.idpButton.custom },
        },
      },
    });
    expect(await readStyle(service, app, made.id)).toEqual(made);
  });

  test('may be sent back, and then says the same', async () => {
    const { service, app, made, update } = await aStyle();
    const { Settings } = await readStyle(service, app, made.id, true);
    expect((await update({ Settings })).Settings).toEqual(wholeStyle);
    expect((await styleOf(service, app, true)).Settings).toEqual(wholeStyle);
  });
});
