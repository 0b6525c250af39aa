import { Contexts, nodeFiles, nodePrograms, wallClock } from '../../../client/kube/kube';
import { type ObjectSink } from '../../../client/status/object-sink';
import { kubeWorld, MemoryFiles } from '../../kube/support/scene';

/** `client/kube` on the clock of the wall, with a kubeconfig of its own. */
export function benchContexts(kubeconfig: string, sink: ObjectSink): Contexts {
  const files = new MemoryFiles();
  files.texts.set('/home/me/.kube/config', kubeconfig);
  const { ports } = kubeWorld(undefined);
  const contexts = new Contexts(
    { ...ports, clock: wallClock, files: { ...nodeFiles, read: (path) => files.read(path) }, programs: nodePrograms },
    sink,
    () => undefined,
  );
  contexts.look();
  return contexts;
}
