import { posix, win32 } from 'node:path';
import { type Environment } from '../ports';

/**
 * The kubeconfig files that kubectl would read, in order, without repetition: those of `KUBECONFIG`, else
 * `.kube/config` in the home folder (client-go tools/clientcmd/loader.go). They need not exist.
 */
export function kubeconfigPaths({ variables, platform, home }: Environment): readonly string[] {
  const path = platform === 'win32' ? win32 : posix;
  const listed = (variables['KUBECONFIG'] ?? '').split(path.delimiter).filter((entry) => entry !== '');
  if (listed.length > 0) return [...new Set(listed)];
  return [path.join(home, '.kube', 'config')];
}
