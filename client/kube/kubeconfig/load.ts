import { type Failure } from '../failure';
import { type KubePorts } from '../ports';
import { type Kubeconfig } from './kubeconfig';
import { kubeconfigPlaces } from './locations';
import { mergeKubeconfigs } from './merge';
import { readKubeconfig } from './read';

/** The merged kubeconfig, or why there is none; `paths` are the files that were looked at. */
export interface LoadedKubeconfig {
  readonly paths: readonly string[];
  readonly kubeconfig: Kubeconfig;
  /** Set when nothing can be connected at all. */
  readonly failure?: Failure;
}

/**
 * Reads what kubectl would read. Missing files are passed over as kubectl does; one that cannot be read is a fault, and the
 * others stand (kubectl gives up on all of them).
 */
export async function loadKubeconfig({
  environment,
  files,
}: Pick<KubePorts, 'environment' | 'files'>): Promise<LoadedKubeconfig> {
  const { paths, counts } = kubeconfigPlaces(environment);
  const read: Kubeconfig[] = [];
  for (const path of paths) {
    const file = await files.read(path);
    if (file.kind === 'text') read.push(readKubeconfig(file.text, path, environment.platform));
    else if (file.kind === 'unreadable') {
      const fault = `${path} could not be read (${file.reason}).`;
      read.push({ ...mergeKubeconfigs([]), faults: [fault] });
    }
    if (counts === 'first' && read.length > 0) break;
  }
  const kubeconfig = mergeKubeconfigs(read);
  if (read.length === 0) {
    const tried = paths.join(', ');
    return {
      paths,
      kubeconfig,
      failure: {
        name: 'no-kubeconfig',
        message: `No kubeconfig on ${environment.machine}: ${tried} ${paths.length > 1 ? 'are' : 'is'} not there.`,
      },
    };
  }
  if (kubeconfig.contexts.size === 0) {
    const [fault] = kubeconfig.faults;
    const message = fault ?? `The kubeconfig ${paths.join(', ')} on ${environment.machine} names no contexts.`;
    return { paths, kubeconfig, failure: { name: fault === undefined ? 'no-kubeconfig' : 'misconfigured', message } };
  }
  return { paths, kubeconfig };
}
