/** The paths of the pages, which people may write as they like. */

const confirmUser = /^\/confirmuser\/?$/i;

/** Where a confirmation link leads. */
export const isConfirmUser = (path: string): boolean => confirmUser.test(path);
