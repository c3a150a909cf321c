/** Keeps what accounts have raised their request rates to. */
import type { Place, RateCategory, Rates } from '../model/request-rate.ts';

export type RaisedRates = Partial<Rates>;

export interface ProvisionedLimits {
  /** Strongly consistent. */
  read(place: Place): Promise<RaisedRates>;
  /** As it stood at some time within the last thirty seconds; a change that was made here shows at once. */
  recent(place: Place): Promise<RaisedRates>;
  save(place: Place, category: RateCategory, rate: number): Promise<void>;
}
