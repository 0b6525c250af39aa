import type { Outcome, ObjectEvent, Requests } from '../../kube/kube';
import { parseResourceKey } from '../../../server/model/resource-id';
import { type StatusClock } from '../../status/clock';
import { boundedText } from '../../status/live/bounded-text';
import { parseLiveId, type LiveId } from '../../status/live/live-id';
import { type EventLine } from '../../status/tree/tooltip';
import { impatiently, type Cancellation } from './impatiently';

const freshFor = 10_000;
const shown = 5;
const most = 100;

/** The last events of objects, asked for when somebody looks at one, and kept for ten seconds. */
export class RecentEvents {
  private readonly known = new Map<LiveId, { readonly at: number; readonly lines: readonly EventLine[] }>();

  constructor(
    private readonly requests: (context: string) => Pick<Requests, 'events'> | undefined,
    private readonly clock: StatusClock,
  ) {}

  /** The newest five, newest first. Undefined when the cluster does not answer in two seconds, or may not be asked. */
  async of(id: LiveId, token?: Cancellation): Promise<readonly EventLine[] | undefined> {
    const known = this.known.get(id);
    if (known !== undefined && this.clock.now() - known.at < freshFor) return known.lines;
    const address = parseLiveId(id);
    const object = address && parseResourceKey(address.key);
    const requests = address && this.requests(address.context);
    if (object === undefined || requests === undefined) return undefined;
    const outcome: Outcome<readonly ObjectEvent[]> = await impatiently(this.clock, token, (signal) =>
      requests.events(object, signal),
    );
    if (outcome.failure !== undefined) return undefined;
    const lines = outcome.value.slice(0, shown).map(lineOf);
    if (this.known.size >= most) this.known.clear();
    this.known.set(id, { at: this.clock.now(), lines });
    return lines;
  }
}

function lineOf({ type, reason, message, count, last }: ObjectEvent): EventLine {
  const often = count > 1 ? ` (${count} times)` : '';
  return {
    time: Date.parse(last),
    type: boundedText(type, 50),
    reason: boundedText(reason, 200),
    message: boundedText(`${message}${often}`, 500),
  };
}
