import { type Capabilities, type ReferenceField } from '../../../schemas/kinds/kind';
import { type LiveFacts } from './facts';
import { type LivePath } from '../live/live-value';
import { type LiveObject } from '../object-sink';

/** How a kind's result is checked: from its own spec, from Helm's, always, or never. */
export type HealthRule = 'kustomization' | 'helm' | 'wait-off-by-default' | 'wait-on-by-default' | 'none';

/** Where the revisions of a kind stand. */
export interface RevisionPaths {
  readonly applied?: LivePath;
  readonly appliedOrigin?: LivePath;
  readonly attempted?: LivePath;
  /** The artifact that a source serves. */
  readonly artifact?: LivePath;
  /** The revision of its own source that an object last looked at. */
  readonly observedSource?: LivePath;
}

/** How long one reconciliation may take: a fixed default, or the interval less 30 s, at least 30 s. */
export type TimeoutDefault = number | 'below-interval';

/** What there is to read from live objects of one kind. Kinds differ by these data. */
export interface LiveKind {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  /** Heading of the kind in a list. */
  readonly title: string;
  readonly section: 'apply' | 'source' | 'image' | 'notification' | 'operator' | 'delivery' | 'controller';
  readonly capabilities: Capabilities;
  readonly references: readonly ReferenceField[];
  /** Objects with this text at this path keep no status either. */
  readonly staticWhen?: { readonly path: LivePath; readonly is: string };
  /** `newer`: since Flux 2.8 only, so that none is no statement. */
  readonly inventory: 'always' | 'newer' | 'none';
  readonly health: HealthRule;
  readonly revisions: RevisionPaths;
  readonly timeout?: TimeoutDefault;
  /** Times of the last reconciliation that move even when nothing changed; a history's newest counts. */
  readonly heartbeat?: 'history' | LivePath;
  readonly facts?: (object: LiveObject) => LiveFacts | undefined;
}
