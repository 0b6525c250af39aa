import { type ResourceId } from '../../../server/model/resource-id';
import { canary } from '../../status/kinds/canary';
import { type LiveObject } from '../../status/object-sink';
import { parseObject, textAt } from '../api/json';

/** What one line of a JSON log says. */
export interface LoggedLine {
  /** RFC 3339; empty when the line has none. */
  readonly time: string;
  readonly level: string;
  readonly message: string;
  /** Empty unless it is an error. */
  readonly error: string;
}

/** The line when it is about the object; undefined else. */
export function lineAbout(id: ResourceId, text: string): LoggedLine | undefined {
  // Most lines are of others: cheaper than parsing.
  if (!text.includes(id.name)) return undefined;
  const line = parseObject(text);
  if (line === undefined) return undefined;
  const isAbout = id.group === canary.group ? isFlaggerAbout(id, line) : isFluxAbout(id, line);
  if (!isAbout) return undefined;
  return {
    time: textAt(line, 'ts'),
    level: textAt(line, 'level'),
    message: textAt(line, 'msg'),
    error: textAt(line, 'error'),
  };
}

/** By controller-runtime's keys, as `flux logs` reads them; the Flux Operator logs by the same library. */
function isFluxAbout({ kind, namespace, name }: ResourceId, line: LiveObject): boolean {
  const controller = textAt(line, 'controllerKind') || textAt(line, 'reconciler kind');
  const isItsOwn = controller === kind && textAt(line, 'name') === name && textAt(line, 'namespace') === namespace;
  return isItsOwn || (textAt(line, kind, 'name') === name && textAt(line, kind, 'namespace') === namespace);
}

/**
 * Flagger names the canary as `name.namespace` in a field of its own (pkg/controller/events.go, scheduler.go), or in the
 * message alone: so, or as `namespace/name` (controller.go, finalizer.go). Errors stand in the message.
 */
function isFlaggerAbout({ namespace, name }: ResourceId, line: LiveObject): boolean {
  const dotted = `${name}.${namespace}`;
  const named = textAt(line, 'canary');
  if (named !== '') return named === dotted;
  const words = textAt(line, 'msg').split(/[\s,:;"'()]+/);
  return words.includes(dotted) || words.includes(`${namespace}/${name}`);
}
