/** How what a test opens is closed: at the end of its file. */

export type Later = (work: () => Promise<unknown>) => void;
