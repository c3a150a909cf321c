/** What settings of a pool do not do yet, in sentences for users. */

export const poolGaps = [
  'Lambda triggers are kept and shown; the operations that would run one refuse, naming it.',
  'Second factors and other first factors than passwords are kept and shown; signing in with them is refused.',
  'Device tracking, threat protection, customer managed keys and dynamic client registration are kept and shown, without effect.',
  'The number of pools is not limited.',
] as const;
