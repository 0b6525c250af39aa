import { type ResourceId } from '../../../server/model/resource-id';
import type { NamedRights, Requests } from '../../kube/kube';
import { type StatusClock } from '../../status/clock';

/** A write that a button offers. */
export type WriteVerb = 'patch' | 'delete';

/** What a button or a line above an object asks before it is drawn. */
export interface Rights {
  /** False where the login may not, and while nobody knows: what is not known is asked for, and told when it comes. */
  may(context: string, verb: WriteVerb, id: ResourceId): boolean;
  /** The same for one object that somebody looks at: also asked for by its name where no list of rules decides. */
  mayOne(context: string, verb: WriteVerb, id: ResourceId): boolean;
}

/** Rows and lines for which the answer is another. An empty namespace stands for all of them, and so does an empty name. */
export interface RightsChange {
  readonly context: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

type Asked = Pick<Requests, 'mayI' | 'namesIMay'>;

export interface RightsWorld {
  /** Undefined while the context is not connected; another object after another login. */
  readonly requests: (context: string) => Asked | undefined;
  /** Nothing is written there, whatever the server allows. */
  readonly isReadOnly: (context: string) => boolean;
  readonly clock: Pick<StatusClock, 'now'>;
  readonly changed: (change: RightsChange) => void;
}

interface Answer<Value> {
  value: Value | undefined;
  /** When it was last asked for. */
  at: number;
}

interface Session {
  readonly context: string;
  readonly requests: Asked;
  readonly allowed: Map<string, Answer<boolean>>;
  readonly named: Map<string, Answer<NamedRights>>;
}

// Rights change rarely; a server that could not say is asked again sooner.
const freshFor = 5 * 60_000;
const patience = 30_000;
const atOnce = 4;

/**
 * What logins may change: a SelfSubjectAccessReview for all namespaces of a kind, only where that is denied one for each
 * namespace that is looked at, and only where that is denied, too, the rules of the namespace, which name single objects
 * (`resourceNames`). Where the server cannot list all rules, an object that somebody looks at is asked for by its name.
 */
export class AskedRights implements Rights {
  private readonly sessions = new Map<string, Session>();
  private readonly waiting: (() => Promise<void>)[] = [];
  private running = 0;

  constructor(private readonly world: RightsWorld) {}

  may(context: string, verb: WriteVerb, id: ResourceId): boolean {
    return this.mayNow(context, verb, id, false);
  }

  mayOne(context: string, verb: WriteVerb, id: ResourceId): boolean {
    return this.mayNow(context, verb, id, true);
  }

  private mayNow(context: string, verb: WriteVerb, id: ResourceId, isLookedAt: boolean): boolean {
    const session = this.sessionOf(context);
    if (session === undefined || this.world.isReadOnly(context)) return false;
    const everywhere = this.allowed(session, verb, { ...id, namespace: '', name: '' });
    // What is not in a namespace is always asked for as a whole.
    if (everywhere !== false || id.namespace === '') return everywhere === true;
    const here = this.allowed(session, verb, { ...id, name: '' });
    if (here !== false || id.name === '') return here === true;
    const named = this.named(session, verb, id);
    if (named?.names.has(id.name) === true) return true;
    // Asked for once, it is kept as fresh as the others.
    const isAsked = isLookedAt ? named?.isComplete === false : session.allowed.has(keyOf(verb, id));
    return isAsked && this.allowed(session, verb, id) === true;
  }

  private sessionOf(context: string): Session | undefined {
    const requests = this.world.requests(context);
    const known = this.sessions.get(context);
    if (requests === undefined || known?.requests === requests) return requests && known;
    const session: Session = { context, requests, allowed: new Map(), named: new Map() };
    this.sessions.set(context, session);
    return session;
  }

  private allowed(session: Session, verb: WriteVerb, id: ResourceId): boolean | undefined {
    const ask = async (): Promise<boolean | undefined> => (await session.requests.mayI({ verb, id })).value;
    return this.answer(session, session.allowed, verb, id, ask, (a, b) => a === b);
  }

  private named(session: Session, verb: WriteVerb, id: ResourceId): NamedRights | undefined {
    const all = { ...id, name: '' };
    const ask = async (): Promise<NamedRights> => {
      const { value } = await session.requests.namesIMay({ verb, id: all });
      // Who may not see the rules may still be told about one name.
      return value ?? { names: new Set(), isComplete: false };
    };
    return this.answer(session, session.named, verb, all, ask, sameNames);
  }

  /** What is known now. What is not known, or not lately, is asked for, and told when it is another. */
  private answer<Value>(
    session: Session,
    answers: Map<string, Answer<Value>>,
    verb: WriteVerb,
    id: ResourceId,
    ask: () => Promise<Value | undefined>,
    isSame: (a: Value, b: Value) => boolean,
  ): Value | undefined {
    const key = keyOf(verb, id);
    const now = this.world.clock.now();
    const known = answers.get(key);
    const age = known === undefined ? Number.POSITIVE_INFINITY : now - known.at;
    if (known !== undefined && age >= 0 && age < (known.value === undefined ? patience : freshFor)) return known.value;
    const answer: Answer<Value> = { value: known?.value, at: now };
    answers.set(key, answer);
    this.waiting.push(async () => {
      const value = await ask();
      if (value === undefined || (answer.value !== undefined && isSame(value, answer.value))) return;
      answer.value = value;
      const { context } = session;
      const { group, kind, namespace, name } = id;
      // Denied as a whole: what is looked at is asked for next, in part.
      if (this.sessions.get(context) === session) this.world.changed({ context, group, kind, namespace, name });
    });
    this.next();
    return answer.value;
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

const keyOf = (verb: WriteVerb, { group, kind, namespace, name }: ResourceId): string =>
  `${verb} ${group}/${kind}/${namespace}/${name}`;

const sameNames = (a: NamedRights, b: NamedRights): boolean =>
  a.isComplete === b.isComplete && a.names.size === b.names.size && [...a.names].every((name) => b.names.has(name));
