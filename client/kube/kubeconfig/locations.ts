import { posix, win32 } from 'node:path';
import { type Environment } from '../ports';

/** Where kubectl would look; none of the files need exist. */
export interface KubeconfigPlaces {
  /** In order, without repetition. */
  readonly paths: readonly string[];
  /** All of them make up the kubeconfig, or the first that is there does alone. */
  readonly counts: 'all' | 'first';
}

/**
 * The kubeconfig files that kubectl would read: those of `KUBECONFIG`, else `.kube/config` in the home folder, of which
 * Windows has up to three (client-go tools/clientcmd/loader.go, util/homedir).
 */
export function kubeconfigPlaces({ variables, platform, home }: Environment): KubeconfigPlaces {
  const path = platform === 'win32' ? win32 : posix;
  const listed = (variables['KUBECONFIG'] ?? '').split(path.delimiter).filter((entry) => entry !== '');
  if (listed.length > 0) return { paths: [...new Set(listed)], counts: 'all' };
  const homes = platform === 'win32' ? [variables['HOME'] ?? '', driveAndPath(variables), home] : [home];
  const paths = homes.filter((one) => one !== '').map((one) => path.join(one, '.kube', 'config'));
  return { paths: [...new Set(paths)], counts: 'first' };
}

function driveAndPath({ HOMEDRIVE: drive = '', HOMEPATH: folder = '' }: Environment['variables']): string {
  return drive === '' || folder === '' ? '' : `${drive}${folder}`;
}
