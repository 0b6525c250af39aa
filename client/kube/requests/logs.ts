import { type ResourceId } from '../../../server/model/resource-id';
import { type ApiClient } from '../api/client';
import { coreKinds, pathOf } from '../api/path';
import { fail } from '../failure';
import { readLines } from '../transport/body';
import { lineAbout, type LoggedLine } from './log-line';
import { logPrograms, podsOf, type LogPod, type LogProgram } from './log-programs';

/** One line that a controller wrote about an object. */
export interface ControllerLine extends LoggedLine {
  readonly controller: string;
  readonly pod: string;
}

export interface LogQuery {
  /** Where the controllers run: `flux-system`. Those that are installed apart are looked for everywhere where it has none. */
  readonly namespace: string;
  /** Lines of the last so many seconds. */
  readonly sinceSeconds: number;
  /** At most so many of the newest lines of each controller are looked through; all without. */
  readonly tailLines?: number;
  /** Go on with lines as they are written, until the signal fires. */
  readonly follow: boolean;
}

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
  const writers = logPrograms(id.group);
  // What one pod refuses ends the streams of the others, too.
  const ended = new AbortController();
  const end = (): void => ended.abort();
  signal?.addEventListener('abort', end);
  if (signal?.aborted === true) end();
  const what = `read the log of ${writers.map(({ name }) => name).join(' and ') || 'a controller'} in ${client.target.context}`;
  const readPod = async (controller: string, pod: LogPod): Promise<void> => {
    const request = {
      path: pathOf(coreKinds.pod, pod.namespace, pod.name, 'log'),
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
          if (line !== undefined) onLine({ controller, pod: pod.name, ...line });
        }
      }
    });
  };
  const readProgram = async (program: LogProgram): Promise<number> => {
    const pods = await podsOf(client, program, namespace, what, ended.signal);
    await Promise.all(pods.map((pod) => readPod(program.name, pod)));
    return pods.length;
  };
  try {
    const found = await Promise.all(writers.map(readProgram));
    // Silence of a controller that runs is another thing.
    if (found.every((pods) => pods === 0) && !ended.signal.aborted)
      fail('absent', `Could not ${what}: no pod of it runs.`);
  } finally {
    end();
    signal?.removeEventListener('abort', end);
  }
}
