/** A certificate for this machine, signed by its own key, for one test. */
import { generate } from 'selfsigned';

export async function tlsPair(): Promise<{ readonly key: string; readonly cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
  });
  return { key, cert };
}
