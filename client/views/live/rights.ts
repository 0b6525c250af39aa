import { type ResourceId } from '../../../server/model/resource-id';
import type { Requests } from '../../kube/kube';
import { type StatusClock } from '../../status/clock';

/** A write that a button offers. */
export type WriteVerb = 'patch' | 'delete';

/** What a button or a line above an object asks before it is drawn. */
export interface Rights {
  /** False where the login may not, and while nobody knows: what is not known is asked for, and told when it comes. */
  may(context: string, verb: WriteVerb, id: ResourceId): boolean;
}

/** Rows and lines for which the answer is another. An empty namespace stands for all of them. */
export interface RightsChange {
  readonly context: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
}

export interface RightsWorld {
  /** Undefined while the context is not connected; another object after another login. */
  readonly requests: (context: string) => Pick<Requests, 'mayI'> | undefined;
  /** Nothing is written there, whatever the server allows. */
  readonly isReadOnly: (context: string) => boolean;
  readonly clock: Pick<StatusClock, 'now'>;
  readonly changed: (change: RightsChange) => void;
}

interface Answer {
  allowed: boolean | undefined;
  /** When it was last asked for. */
  at: number;
}

interface Session {
  readonly requests: Pick<Requests, 'mayI'>;
  readonly answers: Map<string, Answer>;
}

// Rights change rarely; a server that could not say is asked again sooner.
const freshFor = 5 * 60_000;
const patience = 30_000;
const atOnce = 4;

/**
 * What logins may change, by SelfSubjectAccessReviews: one for all namespaces of a kind, and only where that is denied one
 * for each namespace that is looked at. Rights to single names are not found here; commands ask for those themselves.
 */
export class AskedRights implements Rights {
  private readonly sessions = new Map<string, Session>();
  private readonly waiting: (() => Promise<void>)[] = [];
  private running = 0;

  constructor(private readonly world: RightsWorld) {}

  may(context: string, verb: WriteVerb, id: ResourceId): boolean {
    const session = this.sessionOf(context);
    if (session === undefined || this.world.isReadOnly(context)) return false;
    const everywhere = this.answer(context, session, verb, { ...id, namespace: '', name: '' });
    if (everywhere !== false || id.namespace === '') return everywhere === true;
    return this.answer(context, session, verb, { ...id, name: '' }) === true;
  }

  private sessionOf(context: string): Session | undefined {
    const requests = this.world.requests(context);
    const known = this.sessions.get(context);
    if (requests === undefined || known?.requests === requests) return requests && known;
    const session = { requests, answers: new Map<string, Answer>() };
    this.sessions.set(context, session);
    return session;
  }

  private answer(context: string, session: Session, verb: WriteVerb, id: ResourceId): boolean | undefined {
    const key = `${verb} ${id.group}/${id.kind}/${id.namespace}`;
    const now = this.world.clock.now();
    const known = session.answers.get(key);
    const age = known === undefined ? Number.POSITIVE_INFINITY : now - known.at;
    if (known !== undefined && age >= 0 && age < (known.allowed === undefined ? patience : freshFor)) {
      return known.allowed;
    }
    const answer: Answer = { allowed: known?.allowed, at: now };
    session.answers.set(key, answer);
    this.waiting.push(async () => {
      const { value } = await session.requests.mayI({ verb, id });
      if (value === undefined || value === answer.allowed) return;
      answer.allowed = value;
      const { group, kind, namespace } = id;
      // Denied in all namespaces: those that are looked at are asked for next.
      if (this.sessions.get(context) === session) this.world.changed({ context, group, kind, namespace });
    });
    this.next();
    return answer.allowed;
  }

  private next(): void {
    if (this.running >= atOnce) return;
    const ask = this.waiting.shift();
    if (ask === undefined) return;
    this.running++;
    void ask().finally(() => {
      this.running--;
      this.next();
    });
  }
}
