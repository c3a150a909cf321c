/** Proves that `npm ci` finds in the lock file whatever it may ask for, on any platform. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../support/fixture-tree.ts';

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The folders in which a package at `path` finds its dependencies, from the nearest. */
function lookups(path: string): readonly string[] {
  const parts = path.split('/node_modules/');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/node_modules/')).concat('');
}

test('package-lock.json has an entry for every optional package', () => {
  // npm omits a platform's package where the registry does not answer for it, and `npm ci` then refuses the file.
  const text = readFileSync(join(repository, 'package-lock.json'), 'utf8');
  const packages: Readonly<Record<string, Locked>> = JSON.parse(text).packages;
  const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ path, name })),
  );
  const missing = wanted.filter(
    ({ path, name }) => !lookups(path).some((folder) => `${folder && `${folder}/`}node_modules/${name}` in packages),
  );
  expect(wanted.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});

test('package-lock.json takes every package from the public registry', () => {
  const text = readFileSync(join(repository, 'package-lock.json'), 'utf8');
  const addresses = [...text.matchAll(/"resolved": "([^"]*)"/g)].map(([, address = '']) => address);
  expect(addresses.filter((address) => !address.startsWith('https://registry.npmjs.org/'))).toEqual([]);
});
