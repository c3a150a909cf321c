/** The tables of the engine that a run of the tests shares. */
export const testTableName = 'millpond-test';

/** What the indexes of the other table know while they lag behind. */
export const laggingTableName = 'millpond-test-lagging';
