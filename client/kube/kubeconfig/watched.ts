import { type KubePorts } from '../ports';
import { type LoadedKubeconfig, loadKubeconfig } from './load';

/** The kubeconfig as it is on disk now. */
export interface WatchedKubeconfig {
  /** Reads on first use; later answers are of the last change. */
  current(): Promise<LoadedKubeconfig>;
  /** Reads again, whether or not a change was seen. */
  reload(): Promise<LoadedKubeconfig>;
  dispose(): void;
}

// Editors and login programs write a file in several steps.
const settle = 200;

/**
 * Watches the files of `KUBECONFIG` and tells when what they say has changed. Nothing is read or watched before it is first
 * asked.
 */
export function watchKubeconfig(
  ports: Pick<KubePorts, 'environment' | 'files' | 'clock'>,
  changed: (loaded: LoadedKubeconfig) => void,
): WatchedKubeconfig {
  let loaded: Promise<LoadedKubeconfig> | undefined;
  let endWatch: (() => void) | undefined;
  let takeBack: (() => void) | undefined;
  let isDisposed = false;
  const reload = async (): Promise<LoadedKubeconfig> => {
    const before = loaded;
    loaded = loadKubeconfig(ports);
    const now = await loaded;
    if (before !== undefined && !isDisposed && textOf(await before) !== textOf(now)) changed(now);
    return now;
  };
  const onChange = (): void => {
    takeBack?.();
    takeBack = isDisposed ? undefined : ports.clock.after(settle, () => void reload());
  };
  return {
    async current() {
      if (loaded !== undefined) return loaded;
      loaded = loadKubeconfig(ports);
      const { paths } = await loaded;
      if (!isDisposed) endWatch ??= ports.files.watch(paths, onChange);
      return loaded;
    },
    reload,
    dispose() {
      isDisposed = true;
      takeBack?.();
      endWatch?.();
    },
  };
}

/** Equal for equal contents; never leaves this file, since it holds credentials. */
function textOf(loaded: LoadedKubeconfig): string {
  return JSON.stringify(loaded, (_, value: unknown) => (value instanceof Map ? [...value] : value));
}
