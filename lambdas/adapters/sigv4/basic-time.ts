/** Times as `x-amz-date` has them: ISO 8601 in its basic format, in whole seconds. */

export const basicTime = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '');

/** In milliseconds; `undefined` where it is no such time. */
export function readBasicTime(text: string): number | undefined {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const [year = 0, month = 0, ...others] = parts.map(Number);
  const time = Date.UTC(year, month - 1, ...others);
  // What is no day of the month would become one of the next.
  return parts.length > 0 && basicTime(time) === text ? time : undefined;
}
