import { fluxReleases, newestFlux } from '../../schemas/release';
import { rootOfArgument } from '../host/root';
import { type Given } from './options';

/** What a command works on. */
export interface Target {
  /** Absolute path. */
  readonly root: string;
  /** As the user wrote it. */
  readonly name: string;
  /** A known minor release, `2.9`. */
  readonly fluxVersion: string | undefined;
}

/** The folder and the release that the arguments name, or one sentence about what is wrong with them. */
export function readTarget(given: Given): { readonly target: Target } | { readonly fault: string } {
  const [name = '.', second] = given.positionals;
  if (second !== undefined) return { fault: `Only one folder can be given, but there is ${name} and ${second}.` };
  const text = given.values.get('flux-version');
  const fluxVersion = text === undefined ? undefined : readRelease(text);
  if (text !== undefined && fluxVersion === undefined) {
    return { fault: `${text} is no known release of Flux; known are ${fluxReleases[0]} to ${newestFlux}.` };
  }
  const found = rootOfArgument(name);
  return 'fault' in found ? found : { target: { root: found.root, name, fluxVersion } };
}

function readRelease(text: string): string | undefined {
  const minor = /^v?(\d+\.\d+)(?:\.\d+)?$/.exec(text)?.[1];
  return fluxReleases.find((release) => release === minor);
}
