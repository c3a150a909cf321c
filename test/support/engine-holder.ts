/** Run by a test as a process of its own: holds an engine on the folder that it is given, and prints the engine's id. */
import { startEngine } from '../../lambdas/adapters/local/engine.ts';

const [, , data] = process.argv;
const engine = await startEngine({ data });
process.stdout.write(`${engine.pid}\n`);
setInterval(() => {}, 60_000);
