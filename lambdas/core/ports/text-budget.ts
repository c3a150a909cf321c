/** Limits how many text messages leave: each of them costs money, and whoever signs up chooses where it goes. */
export interface TextBudget {
  /** Counts one message to a number, and one of a pool, before it is sent; `spent` ones must not be. */
  take(text: { readonly poolId: string; readonly to: string }): Promise<'taken' | 'spent'>;
}
