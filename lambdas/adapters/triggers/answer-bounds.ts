/** How much a function may answer, wherever it runs. */

/** As Lambda has it, in bytes. */
export const longestAnswer = 6 * 1024 * 1024;

/** In the words of Lambda. */
export const answerTooLong = `Response payload size exceeded maximum allowed payload size (${longestAnswer} bytes).`;
