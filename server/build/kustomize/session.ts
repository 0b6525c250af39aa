import { type FilePath } from '../../model/file-path';
import { isFault, type EngineFault } from './fault';
import { type EngineFiles } from './load/files';
import { type CustomSchema } from './openapi/custom-schema';
import { Origins } from './origin';

/** Something that is not rendered: what the entry at this place would have added or changed is unknown. */
export interface EngineHole {
  /** Why, with the place of the entry or field. */
  readonly fault: EngineFault;
  /** `remote`: an entry that Flux would download. `fault`: one that Flux cannot build either. */
  readonly reason: 'remote' | 'fault';
}

/** What one build shares: files, origins, and what happened on the way. */
export class Session {
  readonly origins = new Origins();
  /** Files read or looked for, in no order. */
  readonly inputs = new Set<FilePath>();
  readonly holes: EngineHole[] = [];
  /** Notes of kustomize about old fields, in the order in which it prints them. */
  readonly warnings: string[] = [];

  /** The schema that the first kustomization asked for, the outermost before all (kyaml/openapi, `SetSchema`). */
  schema: CustomSchema | 'built-in' | undefined;

  constructor(
    readonly files: EngineFiles,
    /** True: what cannot be rendered is recorded as a hole, and the rest is rendered without it. */
    readonly keepsGoing: boolean,
  ) {}

  /** The result of a step; a fault that does not end the build is recorded as a hole, and `unchanged` stands. */
  attempt<T>(result: T | EngineFault, unchanged: T): T | EngineFault {
    if (!isFault(result) || !this.keepsGoing) return result;
    this.holes.push({ fault: result, reason: result.code === 'resource-remote' ? 'remote' : 'fault' });
    return unchanged;
  }
}
