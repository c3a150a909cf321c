/** Hooks into the loading of modules, in the thread of a function: which files it is made of, and TypeScript's names. */
import { statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { momentText } from './function-messages.ts';

/** `hear` is told of each file of the function's own, before it is read; packages are none of them. */
export function watchFiles(hear: (path: string, moment: string) => void): void {
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (cause) {
        const other = sourceOf(specifier);
        if (other === undefined) throw cause;
        return resolveAny(other, (name) => next(name, context), cause);
      }
    },
    load(url, context, next) {
      if (url.startsWith('file:') && !url.includes('/node_modules/')) {
        const path = fileURLToPath(url);
        hear(path, momentText(statSync(path)));
      }
      return next(url, context);
    },
  });
}

/** Sources are written for a compiler that finds `./a.ts` under `./a` and `./a.js`. */
function sourceOf(specifier: string): readonly string[] | undefined {
  if (!/^\.{0,2}\//.test(specifier)) return undefined;
  return /\.[cm]?js$/.test(specifier)
    ? [specifier.replace(/js$/, 'ts')]
    : [`${specifier}.ts`, `${specifier}.js`, `${specifier}/index.ts`, `${specifier}/index.js`];
}

function resolveAny<T>(specifiers: readonly string[], next: (specifier: string) => T, cause: unknown): T {
  for (const specifier of specifiers) {
    try {
      return next(specifier);
    } catch {
      // The first failure is the one that names what was written.
    }
  }
  throw cause;
}
