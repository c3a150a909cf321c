/** The route that says whether the service is fit to answer: `/health`. */
import type { Answer } from '../../core/pipeline/gateway-events.ts';
import type { Route } from './gateway-route.ts';

const longestMs = 2000;

/** `check` resolves when everything that the service stands on answers; taking too long counts as no answer. */
export const healthRoute = (check: () => Promise<unknown>): Route => ({
  covers: (path) => path === '/health',
  async answer() {
    try {
      await inTime(check());
      return answerOf(200, 'ok');
    } catch {
      // Whoever asks for the state learns it; why it is so stands in the lines of the requests that failed.
      return answerOf(503, 'unavailable');
    }
  },
});

const answerOf = (status: number, state: string): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  body: JSON.stringify({ status: state }),
});

function inTime(checked: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The check took too long')), longestMs);
    checked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
