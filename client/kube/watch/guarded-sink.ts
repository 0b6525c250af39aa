import { type Log } from '../../../server/model/ports';
import { type ObjectSink } from '../../status/object-sink';
import { failureOf } from '../failure';

/**
 * A sink whose faults end nothing: one object that cannot be taken must not stop the watch that brought it, and would look
 * like a broken connection.
 */
export function guardSink(sink: ObjectSink, log: Log): ObjectSink {
  const guard = (what: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      log.write('error', 'an object was not taken', { what, fault: failureOf(error).message });
    }
  };
  return {
    beginList(scope) {
      const list = sink.beginList(scope);
      return {
        put: (object) => guard(scope.plural, () => list.put(object)),
        end: () => guard(scope.plural, () => list.end()),
        abandon: () => guard(scope.plural, () => list.abandon()),
      };
    },
    put: (scope, object) => guard(scope.plural, () => sink.put(scope, object)),
    remove: (scope, object) => guard(scope.plural, () => sink.remove(scope, object)),
    setState: (scope, state) => guard(scope.plural, () => sink.setState(scope, state)),
    watchOnly: (scope, namespaces) => guard(scope.plural, () => sink.watchOnly(scope, namespaces)),
    setServerVersion: (context, version) => guard(context, () => sink.setServerVersion(context, version)),
    forget: (context) => guard(context, () => sink.forget(context)),
  };
}
