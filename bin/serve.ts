/** `npm start`: the whole service on one machine, until it is told to stop. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Kept beside the packages, where only their owner writes: what lies there is run. A second start needs half the time,
// and neither start nor memory pays for a compiler. Where it cannot be kept, nothing else changes.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/millpond', import.meta.url)));

const { runService } = await import('./run-service.ts');
process.exit(await runService(process.argv.slice(2), process.env));
