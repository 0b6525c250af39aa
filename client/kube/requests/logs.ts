import { type ResourceId } from '../../../server/model/resource-id';
import { type ApiClient } from '../api/client';
import { listAt, parseObject, textAt } from '../api/json';
import { coreKinds, pathOf } from '../api/path';
import { readLines } from '../transport/body';

/** One line that a controller wrote about an object. */
export interface ControllerLine {
  readonly controller: string;
  readonly pod: string;
  /** RFC 3339; empty when the line has none. */
  readonly time: string;
  readonly level: string;
  readonly message: string;
  /** Empty unless it is an error. */
  readonly error: string;
}

export interface LogQuery {
  /** Where the controllers run: `flux-system`. */
  readonly namespace: string;
  /** Lines of the last so many seconds. */
  readonly sinceSeconds: number;
  /** At most so many of the newest lines of each controller are looked through; all without. */
  readonly tailLines?: number;
  /** Go on with lines as they are written, until the signal fires. */
  readonly follow: boolean;
}

// By group of the kind; names of Deployments.
const controllers: Readonly<Record<string, readonly string[]>> = {
  'kustomize.toolkit.fluxcd.io': ['kustomize-controller'],
  'helm.toolkit.fluxcd.io': ['helm-controller'],
  'source.toolkit.fluxcd.io': ['source-controller'],
  'source.extensions.fluxcd.io': ['source-watcher'],
  'notification.toolkit.fluxcd.io': ['notification-controller'],
  'image.toolkit.fluxcd.io': ['image-reflector-controller', 'image-automation-controller'],
  'fluxcd.controlplane.io': ['flux-operator'],
};

// `flux logs` finds pods by the label `app`; those of the operator have none (flux-operator config/manager).
const selectorOf = (controller: string): string =>
  `${controller === 'flux-operator' ? 'app.kubernetes.io/name' : 'app'}=${controller}`;

// A line longer than that is not shown, and neither is what comes after it.
const longestLine = 1024 * 1024;

/**
 * Hands on the lines that the controllers of a kind wrote about one object: those of their JSON logs that name it. Without
 * `follow` it is over when all have been read.
 */
export async function logLines(
  client: ApiClient,
  id: ResourceId,
  { namespace, sinceSeconds, tailLines, follow }: LogQuery,
  onLine: (line: ControllerLine) => void,
  signal?: AbortSignal,
): Promise<void> {
  const names = controllers[id.group] ?? [];
  // What one pod refuses ends the streams of the others, too.
  const ended = new AbortController();
  const end = (): void => ended.abort();
  signal?.addEventListener('abort', end);
  if (signal?.aborted === true) end();
  const what = `read the log of ${names.join(' and ') || 'a controller'} in ${client.target.context}`;
  const readPod = async (controller: string, pod: string): Promise<void> => {
    const request = {
      path: pathOf(coreKinds.pod, namespace, pod, 'log'),
      query: {
        sinceSeconds: String(sinceSeconds),
        ...(tailLines === undefined ? {} : { tailLines: String(tailLines) }),
        ...(follow ? { follow: 'true' } : {}),
      },
      accept: '*/*',
      what,
      signal: ended.signal,
    };
    await client.stream(request, async (answer) => {
      for await (const lines of readLines(answer, longestLine)) {
        for (const text of lines) {
          const line = lineAbout(id, text);
          if (line !== undefined) onLine({ controller, pod, ...line });
        }
      }
    });
  };
  const readController = async (controller: string): Promise<void> => {
    const pods = await client.json({
      path: pathOf(coreKinds.pod, namespace),
      query: { labelSelector: selectorOf(controller), limit: '50' },
      what,
      signal: ended.signal,
    });
    await Promise.all(listAt(pods, 'items').map((pod) => readPod(controller, textAt(pod, 'metadata', 'name'))));
  };
  try {
    await Promise.all(names.map(readController));
  } finally {
    end();
    signal?.removeEventListener('abort', end);
  }
}

/** The line when it is about the object (controller-runtime's keys, as `flux logs` reads them); undefined else. */
export function lineAbout(id: ResourceId, text: string): Omit<ControllerLine, 'controller' | 'pod'> | undefined {
  // Most lines are of others: cheaper than parsing.
  if (!text.includes(id.name)) return undefined;
  const line = parseObject(text);
  if (line === undefined) return undefined;
  const kind = textAt(line, 'controllerKind') || textAt(line, 'reconciler kind');
  const isItsOwn = kind === id.kind && textAt(line, 'name') === id.name && textAt(line, 'namespace') === id.namespace;
  const isNamed = textAt(line, id.kind, 'name') === id.name && textAt(line, id.kind, 'namespace') === id.namespace;
  if (!isItsOwn && !isNamed) return undefined;
  return {
    time: textAt(line, 'ts'),
    level: textAt(line, 'level'),
    message: textAt(line, 'msg'),
    error: textAt(line, 'error'),
  };
}
