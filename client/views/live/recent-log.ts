import type { ControllerLine, Requests } from '../../kube/kube';
import { parseResourceKey } from '../../../server/model/resource-id';
import { type StatusClock } from '../../status/clock';
import { controllersNamespace } from '../../status/controllers-namespace';
import { parseLiveId, type LiveId } from '../../status/live/live-id';
import { type LiveView } from '../../status/relations/live-view';
import { logLineText } from '../../status/texts/log-lines-text';
import { impatiently, type Cancellation } from './impatiently';

// What was refused is not asked for again with the next movement of the pointer.
const freshFor = 30_000;
const shown = 3;
const most = 100;
// So much of a controller's log is looked through for a hover.
const looked = { sinceSeconds: 1_800, tailLines: 2_000, follow: false } as const;

/** The last lines that controllers wrote about objects, asked for when somebody looks at one. */
export class RecentLog {
  private readonly known = new Map<LiveId, { readonly at: number; readonly lines: readonly string[] }>();

  constructor(
    private readonly requests: (context: string) => Pick<Requests, 'logs'> | undefined,
    private readonly view: LiveView,
    private readonly clock: StatusClock,
  ) {}

  /** The newest three, oldest first; none where nothing was written, or the log may not be read or does not come in time. */
  async of(id: LiveId, token?: Cancellation): Promise<readonly string[]> {
    const known = this.known.get(id);
    if (known !== undefined && this.clock.now() - known.at < freshFor) return known.lines;
    const address = parseLiveId(id);
    const object = address && parseResourceKey(address.key);
    const requests = address && this.requests(address.context);
    if (address === undefined || object === undefined || requests === undefined) return [];
    const namespace = controllersNamespace(this.view, address.context, object.group);
    const found: ControllerLine[] = [];
    const { failure } = await impatiently(this.clock, token, (signal) =>
      requests.logs(object, { namespace, ...looked }, (line) => void found.push(line), signal),
    );
    if (failure?.name === 'cancelled' && token?.isCancellationRequested === true) return [];
    const newest = found.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)).slice(-shown);
    const lines = newest.map((line) => logLineText(line, 300));
    if (this.known.size >= most) this.known.clear();
    this.known.set(id, { at: this.clock.now(), lines });
    return lines;
  }
}
