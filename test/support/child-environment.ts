/** What every program of ours that a test starts is told, whatever else of the surroundings is kept from it. */
const { PATH, NODE_COMPILE_CACHE } = process.env;

/** Where other programs are, and where compiled code is kept: most of a short run would go into compiling. */
export const childEnvironment = { PATH, NODE_COMPILE_CACHE } as const;
