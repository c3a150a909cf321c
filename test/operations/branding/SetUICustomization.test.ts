import { createHash } from 'node:crypto';
import {
  DeleteUserPoolClientCommand,
  DeleteUserPoolDomainCommand,
  GetUICustomizationCommand,
  SetUICustomizationCommand,
  type SetUICustomizationCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { aPoolWithDomain, createDomain, custom, newHostName, newPrefix } from '../../support/domains.ts';
import { gif, jpeg, png, svg } from '../../support/images.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';

const accepted = 'nothing is refused';
const noDomain = 'InvalidParameterException: There has to be an existing domain associated with this user pool';
const labels = '.label-customizable {font-weight: 400;}';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const lookAt = ({ client }: Pick<Service, 'client'>, UserPoolId: string) => ({
  set: async (input: Partial<SetUICustomizationCommandInput>) =>
    (await client.send(new SetUICustomizationCommand({ UserPoolId, ...input }))).UICustomization,
  get: async (ClientId?: string) =>
    (await client.send(new GetUICustomizationCommand({ UserPoolId, ClientId }))).UICustomization,
});

async function aLook() {
  const service = await startService();
  const pool = await aPoolWithDomain(service);
  return { service, pool, app: await service.aClient(pool), ...lookAt(service, pool.id) };
}

describe('SetUICustomization', () => {
  test('sets CSS and a logo for all clients, which read back as they were written', async () => {
    const { service, pool, set, get } = await aLook();
    const ImageFile = png(5_000);
    const written = await set({ CSS: labels, ImageFile });
    expect(written).toEqual({
      UserPoolId: pool.id,
      ClientId: 'ALL',
      CSS: labels,
      CSSVersion: '20260901000000',
      ImageUrl: `http://localhost/domains/${pool.domain}/assets/${sha256(ImageFile)}.png`,
      CreationDate: new Date(service.clock.now()),
      LastModifiedDate: new Date(service.clock.now()),
    });
    expect(await get()).toEqual(written);
    expect(await get('ALL')).toEqual(written);
  });

  test('replaces both at once, and keeps when there was a first one', async () => {
    const { service, pool, set, get } = await aLook();
    const first = await set({ CSS: labels, ImageFile: png() });
    service.clock.advance(61_000);
    const ImageFile = jpeg();
    const { CSS: _css, ...rest } = first ?? {};
    expect(await set({ ImageFile })).toEqual({
      ...rest,
      CSSVersion: '20260901000101',
      ImageUrl: `http://localhost/domains/${pool.domain}/assets/${sha256(ImageFile)}.jpg`,
      LastModifiedDate: new Date(service.clock.now()),
    });
    expect(await get()).not.toHaveProperty('CSS');
    await set({ CSS: labels });
    expect(await get()).not.toHaveProperty('ImageUrl');
  });

  test('of neither leaves nothing, for clients and for all', async () => {
    const { app, set, get } = await aLook();
    await set({ CSS: labels });
    await set({ CSS: '.logo-customizable { max-width: 10% }', ClientId: app.id });
    expect(await set({ ClientId: app.id })).toEqual({});
    expect(await get(app.id)).toMatchObject({ ClientId: 'ALL', CSS: labels });
    expect(await set({ CSS: '', ImageFile: new Uint8Array() })).toEqual({});
    expect(await get(app.id)).toEqual({});
    expect(await set({})).toEqual({});
  });

  test('leaves out what does not belong to a class, and nothing else', async () => {
    const { set, get } = await aLook();
    const written = '/* ours */\n.label-customizable {\n  font-weight: bold;\n  z-index: 9;\n}\n';
    const kept = '/* ours */\n.label-customizable {\n  font-weight: bold;\n  \n}\n';
    expect((await set({ CSS: written }))?.CSS).toBe(kept);
    expect((await get())?.CSS).toBe(kept);
  });

  test.each([
    ['.label-customizable { font-weight: url(//evil.example) }', 'The CSS in line 1 is invalid'],
    ['\n\n@import "//evil.example";', 'The CSS in line 3 is invalid'],
    ['.nobody { color: red }', 'The CSS class .nobody is not in the list of allowed classes.'],
  ])('refuses %j, and keeps what there was', async (CSS, message) => {
    const { set, get } = await aLook();
    await set({ CSS: labels });
    expect(await refused(set({ CSS }))).toBe(`InvalidParameterException: ${message}`);
    expect((await get())?.CSS).toBe(labels);
  });

  test('needs a domain of either kind', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const app = await service.aClient(pool);
    const { set, get } = lookAt(service, pool.id);
    expect(await refused(set({ CSS: labels }))).toBe(noDomain);
    expect(await refused(get())).toBe(noDomain);
    expect(await refused(get(app.id))).toBe(noDomain);
    const Domain = newHostName();
    await createDomain(service, pool.id, Domain, custom);
    expect((await set({ ImageFile: png() }))?.ImageUrl).toBe(
      `http://localhost/domains/${Domain}/assets/${sha256(png())}.png`,
    );
    await service.client.send(new DeleteUserPoolDomainCommand({ UserPoolId: pool.id, Domain }));
    expect(await refused(get())).toBe(noDomain);
    const prefix = newPrefix();
    await createDomain(service, pool.id, prefix);
    expect((await get())?.ImageUrl).toBe(`http://localhost/domains/${prefix}/assets/${sha256(png())}.png`);
  });

  test('does not know a pool or a client that nobody made, nor a client of another pool', async () => {
    const { service, pool, set, get } = await aLook();
    const elsewhere = await service.aClient(await service.aPool());
    for (const ClientId of ['nobody', elsewhere.id]) {
      const unknown = `ResourceNotFoundException: User pool client ${ClientId} does not exist.`;
      expect(await refused(set({ ClientId, CSS: labels }))).toBe(unknown);
      expect(await refused(get(ClientId))).toBe(unknown);
    }
    const nowhere = lookAt(service, 'us-east-1_000000000');
    const gone = 'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.';
    expect(await refused(nowhere.set({ CSS: labels }))).toBe(gone);
    expect(await refused(nowhere.get())).toBe(gone);
    expect(pool.id).not.toBe(elsewhere.poolId);
  });

  test('ends with one of two that are set at once, whole', async () => {
    const [one, other] = await startProcesses();
    const pool = await aPoolWithDomain(one);
    const looks = [one, other].map((service) => lookAt(service, pool.id));
    const choices = [
      { CSS: labels, ImageFile: png(1_000) },
      { CSS: '.legalText-customizable { color: red }', ImageFile: jpeg(1_000) },
    ] as const;
    expect(await outcomes(looks.map(({ set }, index) => set(choices[index] ?? {})))).toEqual(['done', 'done']);
    const shown = await looks[0]?.get();
    const expected = choices.map(({ CSS, ImageFile }) => [CSS, sha256(ImageFile)]);
    expect(expected).toContainEqual([shown?.CSS, /([0-9a-f]{64})/.exec(shown?.ImageUrl ?? '')?.[1]]);
  });

  test('asks for another try when others are always faster', async () => {
    const { service, pool, set } = await aLook();
    const { uiCustomizations } = service.ports;
    const lost = {
      ...uiCustomizations,
      add: async () => 'taken' as const,
      save: async () => 'changed' as const,
      remove: async () => 'changed' as const,
    };
    const slow = lookAt(await startService({ ports: { uiCustomizations: lost } }), pool.id);
    const busy = 'TooManyRequestsException: Rate exceeded';
    expect(await refused(slow.set({ CSS: labels }))).toBe(busy);
    await set({ CSS: labels });
    expect(await refused(slow.set({ CSS: labels }))).toBe(busy);
    expect(await refused(slow.set({}))).toBe(busy);
  });

  test('does not know a pool that is gone when it is written', async () => {
    const { service, pool } = await aLook();
    const uiCustomizations = { ...service.ports.uiCustomizations, add: async () => 'pool gone' as const };
    const { set } = lookAt(await startService({ ports: { uiCustomizations } }), pool.id);
    expect(await refused(set({ CSS: labels }))).toBe(`ResourceNotFoundException: User pool ${pool.id} does not exist.`);
  });
});

describe('The logo of SetUICustomization', () => {
  const badLogo = 'InvalidParameterException: ImageFile must be a PNG or a JPEG image.';

  test.each([
    ['an SVG image', svg()],
    ['a GIF image', gif()],
    ['text', new Uint8Array(Buffer.from('<script>alert(1)</script>'))],
    ['half of a signature', png().subarray(0, 4)],
    ['a signature in another place', new Uint8Array([0, ...png()])],
  ])('cannot be %s', async (_kind, ImageFile) => {
    const { set } = await aLook();
    expect(await refused(set({ ImageFile }))).toBe(badLogo);
  });

  test('may take 100 KB, of the 128 KB that the model has room for', async () => {
    const { set } = await aLook();
    expect(await refused(set({ ImageFile: png(102_400) }))).toBe(accepted);
    expect(await refused(set({ ImageFile: jpeg(102_401) }))).toBe(
      'InvalidParameterException: ImageFile may take 102400 bytes.',
    );
    expect(await refused(set({ ImageFile: png(131_073) }))).toMatch(
      /at 'imageFile' failed to satisfy constraint: Member must have length less than or equal to 131072$/,
    );
  });

  test('fits with the longest CSS', async () => {
    const { set, get } = await aLook();
    const CSS = labels.padEnd(131_072, ' ');
    const written = await set({ CSS, ImageFile: png(102_400) });
    expect(await get()).toEqual(written);
    expect(await refused(set({ CSS: `${CSS} ` }))).toMatch(/length less than or equal to 131072$/);
  });
});

describe('GetUICustomization', () => {
  test('answers nothing where nothing was set', async () => {
    const { app, get } = await aLook();
    expect(await get()).toEqual({});
    expect(await get(app.id)).toEqual({});
  });

  test('falls back to what all clients have, and never mixes the two', async () => {
    const { app, set, get } = await aLook();
    const all = await set({ CSS: labels, ImageFile: png() });
    expect(await get(app.id)).toEqual(all);
    const own = await set({ ClientId: app.id, CSS: '.legalText-customizable { color: red }' });
    expect(own).toMatchObject({ ClientId: app.id });
    expect(own).not.toHaveProperty('ImageUrl');
    expect(await get(app.id)).toEqual(own);
    expect(await get()).toEqual(all);
  });
});

test('What a client had of its own goes with it', async () => {
  const [one, other] = await startProcesses();
  const pool = await aPoolWithDomain(one);
  for (let round = 0; round < 5; round++) {
    const app = await one.aClient(pool);
    const [set, deleted] = await outcomes([
      lookAt(one, pool.id).set({ ClientId: app.id, CSS: labels }),
      other.client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id })),
    ]);
    expect(deleted).toBe('done');
    expect(['done', `ResourceNotFoundException: User pool client ${app.id} does not exist.`]).toContain(set);
    expect(await one.ports.uiCustomizations.find(pool.id, app.id)).toBeUndefined();
  }
});
