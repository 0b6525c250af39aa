import { type FilePath } from '../../model/file-path';
import { type Steps } from '../../model/steps';
import { type EarlierBuild } from './earlier-build';
import { type GoRelease } from './emit/text-keys';
import { isFault, type EngineFault } from './fault';
import { type EngineFiles, type Part } from './load/files';
import { type CustomSchema } from './openapi/custom-schema';
import { Origins } from './origin';

/** Something that is not rendered: what the entry at this place would have added or changed is unknown. */
export interface EngineHole {
  /** Why, with the place of the entry or field. */
  readonly fault: EngineFault;
  /** `remote`: an entry that Flux would download. `fault`: one that Flux cannot build either. */
  readonly reason: 'remote' | 'fault';
}

/** A part of a build, and the holes it leaves. */
interface WithHoles<T> {
  readonly value: T | EngineFault;
  readonly holes: readonly EngineHole[];
}

/** Of a `BuildRequest`. */
interface SessionOptions {
  readonly keepsGoing?: boolean;
  readonly origins?: Origins;
  readonly go?: GoRelease;
  readonly earlier?: EarlierBuild;
}

/** What one build shares: files, origins, and what happened on the way. */
export class Session {
  /** Files read or looked for, in no order. */
  readonly inputs = new Set<FilePath>();
  readonly holes: EngineHole[] = [];
  /** Notes of kustomize about old fields, in the order in which it prints them. */
  readonly warnings: string[] = [];

  /** The schema that the first kustomization asked for, the outermost before all (kyaml/openapi, `SetSchema`). */
  schema: CustomSchema | 'built-in' | undefined;

  /** True: what cannot be rendered is recorded as a hole, and the rest is rendered without it. */
  readonly keepsGoing: boolean;
  readonly origins: Origins;
  readonly go: GoRelease;
  /** Given where only what changed since is built. */
  readonly earlier: EarlierBuild | undefined;

  constructor(
    readonly files: EngineFiles,
    { keepsGoing = false, origins = new Origins(), go = '1.26', earlier }: SessionOptions = {},
  ) {
    this.keepsGoing = keepsGoing;
    this.origins = origins;
    this.go = go;
    this.earlier = earlier;
  }

  /**
   * A part of the build that other builds may share, with the holes it leaves. Where nothing is kept it is simply made;
   * a fault, and whatever depends on how the build came here, is never kept.
   */
  *part<T>(name: string, make: () => Steps<T | EngineFault>): Steps<T | EngineFault> {
    const { files } = this;
    if (files.part === undefined || this.schema !== undefined) return yield* make();
    const { value, holes } = yield* files.part(name, () => this.#withHoles(make()));
    this.holes.push(...holes);
    return value;
  }

  /** True for a part that is what it was in the earlier build whose changes are built. */
  isUntouched(name: string): boolean {
    return this.files.kept?.(name)?.isUntouched === true;
  }

  /**
   * {@link part} of what a folder comes to. A build of changes takes `rest` of one that did not change; what it makes of
   * another is not the whole, and is not kept.
   */
  *folder<T>(name: string, make: () => Steps<T | EngineFault>, rest: (value: T) => T): Steps<T | EngineFault> {
    if (this.earlier === undefined) return yield* this.part(name, make);
    const kept = this.files.kept?.(name);
    if (kept === undefined) return yield* make();
    const value = yield* this.part(name, make);
    return kept.isUntouched && !isFault(value) ? rest(value) : value;
  }

  *#withHoles<T>(make: Steps<T | EngineFault>): Steps<Part<WithHoles<T>>> {
    const outer = this.holes.length;
    const value = yield* make;
    const holes = this.holes.splice(outer);
    const isOwn = this.schema === undefined && !holes.some(({ fault }) => dependsOnWay.has(fault.code));
    return { value: { value, holes }, isReusable: isOwn && !isFault(value) };
  }

  /** The result of a step; a fault that does not end the build is recorded as a hole, and `unchanged` stands. */
  attempt<T>(result: T | EngineFault, unchanged: T): T | EngineFault {
    if (!isFault(result) || !this.keepsGoing) return result;
    this.holes.push({ fault: result, reason: result.code === 'resource-remote' ? 'remote' : 'fault' });
    return unchanged;
  }
}

/** Faults about the folders that led to a place. */
const dependsOnWay: ReadonlySet<string> = new Set(['resource-cycle', 'resource-depth']);
