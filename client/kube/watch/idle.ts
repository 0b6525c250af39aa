import { type CancelScope } from '../cancellation';
import { KubeError } from '../failure';
import { type WallClock } from '../ports';

// The API server sends a bookmark each minute.
const longestSilence = 75_000;
const checkEvery = 15_000;

/**
 * Ends a stream that has been silent for 75 seconds: its connection may be gone without either side knowing. So may it be
 * after the machine slept, which shows in a check that comes far too late. One timer for 15 seconds, whatever arrives.
 */
export function watchIdle(clock: WallClock, scope: CancelScope, server: string): { heard(): void; end(): void } {
  let heardAt = clock.now();
  let expected = heardAt + checkEvery;
  let takeBack = clock.after(checkEvery, check);
  function check(): void {
    const now = clock.now();
    if (now - heardAt >= longestSilence || now - expected > 2 * checkEvery) {
      scope.end(new KubeError({ name: 'unreachable', message: `${server} has fallen silent.` }));
      return;
    }
    expected = now + checkEvery;
    takeBack = clock.after(checkEvery, check);
  }
  return {
    heard() {
      heardAt = clock.now();
    },
    end: () => takeBack(),
  };
}
