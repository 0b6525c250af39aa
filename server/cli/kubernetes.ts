import { readProgramText } from '../host/program-text';
import { type Kubernetes, loadKubernetes } from '../validation/kubernetes';

/** The generated schemas of built-in kinds, read when first asked for; undefined in a build without them. */
export function createKubernetes(programFolder: string): () => Kubernetes | undefined {
  let text: string | undefined;
  let isRead = false;
  let loaded: Kubernetes | undefined;
  return () => {
    if (!isRead) text = readProgramText(programFolder, 'schemas/kubernetes.json');
    isRead = true;
    const found = text;
    return found === undefined ? undefined : (loaded ??= loadKubernetes(() => found));
  };
}
