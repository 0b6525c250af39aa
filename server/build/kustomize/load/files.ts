import { type FilePath } from '../../../model/file-path';
import { type EntryKind, type ReadResult } from '../../../model/ports';
import { type Steps } from '../../../model/steps';
import { openFile, type YamlFile } from '../../../yaml/file';

/** What a part of a build came to. Kept for later builds only if it depends on nothing but files. */
export interface Part<T> {
  readonly value: T;
  readonly isReusable: boolean;
}

/** The files of a build, as far as the engine needs them; paths are relative to the root, which no build leaves. */
export interface EngineFiles {
  stat(path: FilePath): EntryKind;
  read(path: FilePath): ReadResult;
  /** The path without links in its folders, by which cycles are found; undefined when it leaves the root. */
  resolve?(path: FilePath): FilePath | undefined;
  /** Told what a file is to the build: read as a kustomization, for its objects, or as a patch. */
  uses?(path: FilePath, role: 'kustomization' | 'objects' | 'patch'): void;
  /** The file of a text as YAML, for callers that keep it between builds. */
  open?(path: FilePath, text: string): YamlFile;
  /** The part of that name, from an earlier build while its files are what they were, else made now. */
  part?<T>(name: string, make: () => Steps<Part<T>>): Steps<T>;
  /** A part that is kept: whether it was there already when the earlier build ended whose changes are built. */
  kept?(name: string): { readonly isUntouched: boolean } | undefined;
}

/** A text as YAML, through the caller's own store where there is one. */
export function openText(files: EngineFiles, path: FilePath, text: string): YamlFile {
  return files.open?.(path, text) ?? openFile(path, text, 0);
}
