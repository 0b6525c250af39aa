import { type KubePorts } from '../ports';
import { type LoadedKubeconfig, loadKubeconfig } from './load';

/** The kubeconfig as it is on disk now. */
export interface WatchedKubeconfig {
  /** Reads on first use; later answers are of the last change. */
  current(): Promise<LoadedKubeconfig>;
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
  // What was said last; a slow reading that a later one overtook says nothing.
  let told: string | undefined;
  const read = async (): Promise<LoadedKubeconfig> => {
    const reading = loadKubeconfig(ports);
    loaded = reading;
    const now = await reading;
    if (loaded !== reading) return now;
    const before = told;
    told = textOf(now);
    if (before !== undefined && !isDisposed && before !== told) changed(now);
    return now;
  };
  const onChange = (): void => {
    takeBack?.();
    takeBack = isDisposed ? undefined : ports.clock.after(settle, () => void read());
  };
  return {
    async current() {
      if (loaded !== undefined) return loaded;
      const { paths } = await read();
      if (!isDisposed) endWatch ??= ports.files.watch(paths, onChange);
      return this.current();
    },
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
