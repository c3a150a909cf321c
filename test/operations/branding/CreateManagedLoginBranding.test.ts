import { type AssetType, DeleteUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { gif, ico, jpeg, png, svg, webp } from '../../support/images.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';
import { asset, createStyle, readStyle, styleOf } from '../../support/styles.ts';
import { wholeStyle } from '../../support/whole-style.ts';

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const accepted = 'nothing is refused';
const invalid = (message: string): string => `InvalidParameterException: ${message}`;
const exists = (clientId: string): string =>
  `ManagedLoginBrandingExistsException: A ManagedLoginBranding already exists for client ${clientId}`;
const oneSource = invalid('useCognitoProvidedValues or settings should be specified (but not both)');

async function anApp() {
  const service = await startService();
  const pool = await service.aPool();
  return { service, pool, app: await service.aClient(pool) };
}

describe('CreateManagedLoginBranding', () => {
  test("makes a style of the service's own values, without settings and without assets", async () => {
    const { service, pool, app } = await anApp();
    const { id, ...style } = await createStyle(service, app);
    expect(style).toEqual({
      ManagedLoginBrandingId: expect.stringMatching(uuid4),
      UserPoolId: pool.id,
      UseCognitoProvidedValues: true,
      Assets: [],
      CreationDate: new Date(service.clock.now()),
      LastModifiedDate: new Date(service.clock.now()),
    });
    expect(await readStyle(service, app, id)).toEqual({ id, ...style });
    expect(await styleOf(service, app)).toEqual({ id, ...style });
  });

  test('makes a style of settings alone, none of them included', async () => {
    const { service, app } = await anApp();
    const style = await createStyle(service, app, { Settings: {} });
    expect(style).toMatchObject({ UseCognitoProvidedValues: false, Settings: {}, Assets: [] });
    expect(await styleOf(service, app)).toEqual(style);
  });

  test('keeps the whole document and every kind of image, which read back as they were written', async () => {
    const { service, app } = await anApp();
    const Assets: AssetType[] = [
      asset({ Category: 'FAVICON_ICO', Extension: 'ICO', Bytes: ico(300), ColorMode: 'DYNAMIC' }),
      asset({ Category: 'FAVICON_SVG', Extension: 'SVG', Bytes: svg('<g/>') }),
      asset({ Category: 'PAGE_BACKGROUND', Extension: 'JPEG', Bytes: jpeg(5_000) }),
      asset({ Category: 'PAGE_BACKGROUND', Extension: 'WEBP', Bytes: webp(5_000), ColorMode: 'DARK' }),
      asset({ Category: 'IDP_BUTTON_ICON', Bytes: png(9), ResourceId: 'my provider' }),
      asset({ Category: 'IDP_BUTTON_ICON', Bytes: png(8), ResourceId: 'another-one' }),
    ];
    const style = await createStyle(service, app, { UseCognitoProvidedValues: false, Settings: wholeStyle, Assets });
    expect(style).toMatchObject({ UseCognitoProvidedValues: false, Settings: wholeStyle });
    expect(style.Assets).toEqual(Assets);
    expect(await readStyle(service, app, style.id)).toEqual(style);
    expect(await styleOf(service, app)).toEqual(style);
  });

  test("takes assets beside the service's own values", async () => {
    const { service, app } = await anApp();
    const style = await createStyle(service, app, { UseCognitoProvidedValues: true, Assets: [asset()] });
    expect(style).toMatchObject({ UseCognitoProvidedValues: true, Assets: [asset()] });
    expect(style).not.toHaveProperty('Settings');
  });

  test.each([
    ['neither', {}],
    ['both', { UseCognitoProvidedValues: true, Settings: {} }],
    ['no', { UseCognitoProvidedValues: false }],
    ['images as the only', { Assets: [asset()] }],
  ])('refuses %s source of values', async (_kind, asked) => {
    const { service, app } = await anApp();
    expect(await refused(createStyle(service, app, asked))).toBe(oneSource);
  });

  test('makes one style for each client', async () => {
    const { service, pool, app } = await anApp();
    await createStyle(service, app);
    expect(await refused(createStyle(service, app))).toBe(exists(app.id));
    expect(await refused(createStyle(service, await service.aClient(pool)))).toBe(accepted);
  });

  test('makes one of many that are asked for at once', async () => {
    const [one, other] = await startProcesses();
    const app = await one.aClient(await one.aPool());
    const Assets = [asset()];
    const asked = await outcomes(
      [one, other, one, other].map((service) => createStyle(service, app, { Settings: {}, Assets })),
    );
    expect(asked.toSorted()).toEqual([exists(app.id), exists(app.id), exists(app.id), 'done']);
  });

  test('makes none for a client that is deleted at the same moment', async () => {
    const [one, other] = await startProcesses();
    const pool = await one.aPool();
    for (let round = 0; round < 5; round++) {
      const app = await one.aClient(pool);
      const [made, deleted] = await outcomes([
        createStyle(one, app),
        other.client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id })),
      ]);
      expect(deleted).toBe('done');
      expect(['done', `ResourceNotFoundException: User pool client ${app.id} does not exist.`]).toContain(made);
      expect(await one.ports.styles.findOfClient(pool.id, app.id)).toBeUndefined();
    }
  });

  test('does not know a pool or a client that nobody made, nor a client of another pool', async () => {
    const { service, app } = await anApp();
    const noClient = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;
    expect(await refused(createStyle(service, { ...app, poolId: 'us-east-1_000000000' }))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    expect(await refused(createStyle(service, { ...app, id: 'nobody' }))).toBe(noClient('nobody'));
    const elsewhere = { ...app, poolId: (await service.aPool()).id };
    expect(await refused(createStyle(service, elsewhere))).toBe(noClient(app.id));
  });

  test('asks for another try when others are always faster', async () => {
    const { service, app } = await anApp();
    const styles = { ...service.ports.styles, add: async () => 'taken' as const };
    expect(await refused(createStyle(await startService({ ports: { styles } }), app))).toBe(
      'ConcurrentModificationException: The ManagedLoginBranding is being changed by another request.',
    );
  });

  test('does not know a pool that is gone when the style is written', async () => {
    const { service, pool, app } = await anApp();
    const styles = { ...service.ports.styles, add: async () => 'pool gone' as const };
    expect(await refused(createStyle(await startService({ ports: { styles } }), app))).toBe(
      `ResourceNotFoundException: User pool ${pool.id} does not exist.`,
    );
  });
});

describe('The quota of styles', () => {
  const tooMany = (most: number): string =>
    `LimitExceededException: The limit of ${most} managed login branding styles of a user pool would be exceeded.`;

  test('is twenty for a pool', async () => {
    const { service, pool } = await anApp();
    const apps = await Promise.all(Array.from({ length: 21 }, () => service.aClient(pool)));
    for (const app of apps.slice(0, 20)) await createStyle(service, app);
    expect(await refused(createStyle(service, apps[20] ?? { id: '', poolId: '' }))).toBe(tooMany(20));
  });

  test('is exact however many ask at once, and gives back what goes with a client', async () => {
    const service = await startService({ settings: { quotas: { brandingStylesPerPool: 2 } } });
    const pool = await service.aPool();
    const apps = await Promise.all(Array.from({ length: 5 }, () => service.aClient(pool)));
    const asked = await outcomes(apps.map((app) => createStyle(service, app)));
    expect(asked.toSorted()).toEqual([tooMany(2), tooMany(2), tooMany(2), 'done', 'done']);
    const [holder] = apps.filter((_, index) => asked[index] === 'done');
    const [next] = apps.filter((_, index) => asked[index] !== 'done');
    if (!holder || !next) throw new Error('None was made, or all.');
    expect(await refused(createStyle(service, holder))).toBe(exists(holder.id));
    await service.client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: holder.id }));
    expect(await refused(createStyle(service, next))).toBe(accepted);
  });
});

describe('The assets of CreateManagedLoginBranding', () => {
  const refusal = async (...Assets: AssetType[]): Promise<string> => {
    const { service, app } = await anApp();
    return refused(createStyle(service, app, { Settings: {}, Assets }));
  };

  test.each([
    ['PNG', jpeg()],
    ['JPEG', png()],
    ['WEBP', gif()],
    ['WEBP', webp().subarray(0, 8)],
    ['PNG', svg()],
    ['SVG', png()],
    ['SVG', new Uint8Array(Buffer.from('<html><svg></svg></html>'))],
    ['SVG', new Uint8Array(Buffer.from('<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'))],
    ['SVG', new Uint8Array([...Buffer.from('<svg>'), 0xff])],
    ['SVG', new Uint8Array(Buffer.from('<!-- <svg>'))],
    ['SVG', new Uint8Array(Buffer.from('<svgx/>'))],
  ] as const)('are what their extension %s says', async (Extension, Bytes) => {
    expect(await refusal(asset({ Extension, Bytes }))).toBe(
      invalid(`The Bytes of the asset FORM_LOGO are no ${Extension} image.`),
    );
  });

  test.each([
    ['<svg/>'],
    ['\ufeff<svg></svg>'],
    ['<?xml version="1.0"?>\n<!-- made by hand -->\n<!DOCTYPE svg PUBLIC "a" "b">\n<svg:svg xmlns:svg="x"/>'],
  ])('of the extension SVG may begin like %j', async (text) => {
    expect(await refusal(asset({ Extension: 'SVG', Bytes: new Uint8Array(Buffer.from(text)) }))).toBe(accepted);
  });

  test.each([
    ['FAVICON_ICO', 'SVG', svg()],
    ['FAVICON_ICO', 'PNG', png()],
    ['FAVICON_SVG', 'ICO', ico()],
    ['FAVICON_SVG', 'PNG', png()],
    ['FORM_LOGO', 'ICO', ico()],
    ['PAGE_BACKGROUND', 'ICO', ico()],
  ] as const)('of the category %s cannot have the extension %s', async (Category, Extension, Bytes) => {
    expect(await refusal(asset({ Category, Extension, Bytes }))).toBe(
      invalid(`The asset ${Category} cannot have the extension ${Extension}.`),
    );
  });

  test('have bytes', async () => {
    const none = invalid('The asset FORM_LOGO has no Bytes.');
    expect(await refusal(asset({ Bytes: undefined }))).toBe(none);
    expect(await refusal(asset({ Bytes: new Uint8Array() }))).toBe(none);
  });

  test('are given once for a category, a colour mode and a resource', async () => {
    const twice = invalid('The asset FORM_LOGO is given twice for one ColorMode and ResourceId.');
    expect(await refusal(asset(), asset({ Extension: 'JPEG', Bytes: jpeg() }))).toBe(twice);
    expect(await refusal(asset({ ResourceId: 'a' }), asset({ ResourceId: 'a' }))).toBe(twice);
    expect(await refusal(asset(), asset({ ColorMode: 'DARK' }), asset({ ResourceId: 'a' }))).toBe(accepted);
  });

  test('are forty at most, of a megabyte each', async () => {
    const some = (count: number) =>
      Array.from({ length: count }, (_, index) => asset({ ResourceId: `asset-${index}` }));
    expect(await refusal(...some(40))).toBe(accepted);
    expect(await refusal(...some(41))).toMatch(
      /^InvalidParameterException: 1 validation error detected: Value at 'assets' failed to satisfy constraint: Member must have length less than or equal to 40$/,
    );
    expect(await refusal(asset({ Bytes: png(1_000_001) }))).toMatch(
      /at 'assets\.1\.member\.bytes' failed to satisfy constraint: Member must have length less than or equal to 1000000$/,
    );
  });

  test('of a megabyte is kept whole', async () => {
    const { service, app } = await anApp();
    const Bytes = png(1_000_000).map((byte, index) => (index < 8 ? byte : (index * 31) % 251));
    const style = await createStyle(service, app, { Settings: {}, Assets: [asset({ Bytes })] });
    expect(style.Assets?.[0]?.Bytes).toEqual(Bytes);
    expect((await styleOf(service, app)).Assets?.[0]?.Bytes).toEqual(Bytes);
  });

  test('and settings take two megabytes in a request at most, as it is sent', async () => {
    const half = (size: number, ResourceId: string) => asset({ Bytes: png(size), ResourceId });
    expect(await refusal(half(780_000, 'a'), half(780_000, 'b'))).toBe(accepted);
    expect(await refusal(half(800_000, 'a'), half(800_000, 'b'))).toBe(
      invalid('Settings and assets of a request may take 2097152 bytes together.'),
    );
  });

  test('come in bodies of up to six mebibytes', async () => {
    const { service, app } = await anApp();
    const body = (size: number) => {
      const asked = { UserPoolId: app.poolId, ClientId: app.id, Settings: {}, Ignored: '' };
      return { ...asked, Ignored: 'x'.repeat(size - JSON.stringify(asked).length) };
    };
    const mebibytes = 6 * 1024 * 1024;
    expect(await service.call('CreateManagedLoginBranding', body(mebibytes + 1))).toMatchObject({ status: 413 });
    expect(await service.call('CreateManagedLoginBranding', body(mebibytes))).toMatchObject({ status: 200 });
  });
});

describe('The settings of CreateManagedLoginBranding', () => {
  const refusal = async (Settings: unknown): Promise<string> => {
    const { service, app } = await anApp();
    const answer = await service.call('CreateManagedLoginBranding', {
      UserPoolId: app.poolId,
      ClientId: app.id,
      Settings,
    });
    const { __type, message } = answer.json as { __type?: string; message?: string };
    return __type === undefined ? accepted : `${__type}: ${message}`;
  };
  const bad = (path: string, expected: string): string =>
    invalid(`The value at ${path} is invalid: ${expected} is expected.`);
  const primary = (colors: object) => ({ components: { primaryButton: { lightMode: { defaults: colors } } } });

  test.each([
    [{ colours: {} }, 'settings.colours'],
    [{ Categories: {} }, 'settings.Categories'],
    [{ categories: { forms: {} } }, 'settings.categories.forms'],
    [primary({ backgroundImage: 'x' }), 'settings.components.primaryButton.lightMode.defaults.backgroundImage'],
    [{ constructor: {} }, 'settings.constructor'],
    [JSON.parse('{"__proto__":{"categories":{}}}'), 'settings.__proto__'],
    [{ categories: { toString: 1 } }, 'settings.categories.toString'],
    [{ ['x'.repeat(500)]: 1 }, `settings.${'x'.repeat(40)}`],
  ])('have no other members: %j', async (settings, path) => {
    expect(await refusal(settings)).toBe(invalid(`The settings have no ${path}.`));
  });

  test.each([
    [
      primary({ backgroundColor: '#0972d3' }),
      'settings.components.primaryButton.lightMode.defaults.backgroundColor',
      'a colour of eight hexadecimal digits',
    ],
    [
      primary({ textColor: '0972d3' }),
      'settings.components.primaryButton.lightMode.defaults.textColor',
      'a colour of eight hexadecimal digits',
    ],
    [
      primary({ textColor: '0972d3ff;' }),
      'settings.components.primaryButton.lightMode.defaults.textColor',
      'a colour of eight hexadecimal digits',
    ],
    [
      primary({ textColor: 0x0972d3ff }),
      'settings.components.primaryButton.lightMode.defaults.textColor',
      'a colour of eight hexadecimal digits',
    ],
    [
      { categories: { form: { displayGraphics: 'true' } } },
      'settings.categories.form.displayGraphics',
      'true or false',
    ],
    [{ categories: { form: { displayGraphics: null } } }, 'settings.categories.form.displayGraphics', 'true or false'],
    [
      { categories: { global: { colorSchemeMode: 'BLUE' } } },
      'settings.categories.global.colorSchemeMode',
      'one of LIGHT, DARK, DYNAMIC',
    ],
    [
      { categories: { global: { spacingDensity: 'url(//x)' } } },
      'settings.categories.global.spacingDensity',
      'a word like CENTER',
    ],
    [
      { componentClasses: { buttons: { borderRadius: '8px' } } },
      'settings.componentClasses.buttons.borderRadius',
      'a number from 0 to 1000',
    ],
    [
      { componentClasses: { buttons: { borderRadius: -1 } } },
      'settings.componentClasses.buttons.borderRadius',
      'a number from 0 to 1000',
    ],
    [
      { componentClasses: { buttons: { borderRadius: 1001 } } },
      'settings.componentClasses.buttons.borderRadius',
      'a number from 0 to 1000',
    ],
    [
      { components: { favicon: { enabledTypes: 'ICO' } } },
      'settings.components.favicon.enabledTypes',
      'a list of up to 2',
    ],
    [
      { components: { favicon: { enabledTypes: ['ICO', 'SVG', 'ICO'] } } },
      'settings.components.favicon.enabledTypes',
      'a list of up to 2',
    ],
    [
      { components: { favicon: { enabledTypes: ['PNG'] } } },
      'settings.components.favicon.enabledTypes.1',
      'one of ICO, SVG',
    ],
    [
      { categories: { auth: { authMethodOrder: [{}] } } },
      'settings.categories.auth.authMethodOrder.1',
      'a list of up to 10',
    ],
    [
      { categories: { auth: { authMethodOrder: [[{ display: 1 }]] } } },
      'settings.categories.auth.authMethodOrder.1.1.display',
      'a word like CENTER',
    ],
    [{ categories: [] }, 'settings.categories', 'an object'],
    [{ categories: null }, 'settings.categories', 'an object'],
    [[], 'settings', 'an object'],
    ['{}', 'settings', 'an object'],
    [1, 'settings', 'an object'],
    [true, 'settings', 'an object'],
  ])('have the values of the document: %j', async (settings, path, expected) => {
    expect(await refusal(settings)).toBe(bad(path, expected));
  });

  test('may be every part of the document alone', async () => {
    const service = await startService({ settings: { quotas: { brandingStylesPerPool: 1_000 } } });
    const pool = await service.aPool();
    const parts = Object.entries(wholeStyle).flatMap(([name, part]) =>
      Object.entries(part).map(([inner, value]) => ({ [name]: { [inner]: value } })),
    );
    expect(parts.length).toBeGreaterThan(20);
    for (const Settings of parts) {
      const { id, Settings: kept } = await createStyle(service, await service.aClient(pool), { Settings });
      expect(kept, id).toEqual(Settings);
    }
  });

  test('may colour custom buttons of providers, which have nothing to fall back to', async () => {
    const custom = { lightMode: { defaults: { backgroundColor: '11223344' } } };
    expect(await refusal({ components: { idpButton: { custom } } })).toBe(accepted);
  });
});
