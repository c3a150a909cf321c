/** The timestamp that SRP clients sign: `Tue Sep 5 21:11:18 UTC 2023`. */

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const pattern = new RegExp(
  `^(?:${days.join('|')}) (${months.join('|')}) (\\d\\d?) (\\d\\d):(\\d\\d):(\\d\\d) UTC (\\d{4})$`,
);

/** How far a client's clock may be off (ms). */
const skew = 5 * 60_000;

/** Milliseconds since the epoch; the day may have a leading zero. `undefined` for what is no moment of the calendar. */
export const parseTimestamp = (text: string): number | undefined => {
  const [, month = '', day, hour, minute, second, year] = pattern.exec(text) ?? [];
  if (year === undefined) return undefined;
  const at = Date.UTC(Number(year), months.indexOf(month), Number(day), Number(hour), Number(minute), Number(second));
  // A 31st of June, or a 25th hour, comes out as another moment: writing it again shows that.
  return formatTimestamp(at).slice(4) === text.slice(4).replace(/ 0(\d) /, ' $1 ') ? at : undefined;
};

/** As clients write it: the day of the month without a leading zero. */
export const formatTimestamp = (at: number): string => {
  const moment = new Date(at);
  const time = moment.toISOString().slice(11, 19);
  const day = `${days[moment.getUTCDay()]} ${months[moment.getUTCMonth()]} ${moment.getUTCDate()}`;
  return `${day} ${time} UTC ${moment.getUTCFullYear()}`;
};

export const isTimely = (at: number, now: number): boolean => Math.abs(now - at) <= skew;
