import { readFileSync, statSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { basename, dirname } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { type Cache } from '../model/ports';

/** What a program may export for {@link runProgram}. */
export interface Program {
  /** Resolves with true when most of what such a run calls has been called, and so been compiled. */
  readonly warm?: Promise<boolean>;
}

/**
 * Runs a CommonJS program, as `require` would, with the bytecode that V8 made of its functions in an earlier run: most of
 * a short run goes into compiling code that runs a few hundred times (docs/decisions/0021). Where there is none that fits
 * this file, this V8 and its flags, the program is compiled as ever and its bytecode kept once it is warm.
 *
 * @param file absolute path of the program
 * @param use what tells apart runs that call different parts of it
 * @returns whether kept bytecode was used
 */
export function runProgram(file: string, use: string, cache: Cache): 'kept' | 'compiled' {
  const { size, mtimeMs } = statSync(file);
  const key = `${basename(file)}-${use}-${size}-${Math.trunc(mtimeMs)}-${cachedDataVersionTag()}`;
  const cachedData = cache.get(key);
  const script = new Script(Module.wrap(readFileSync(file, 'utf8')), {
    filename: file,
    ...(cachedData && { cachedData: Buffer.from(cachedData.buffer, cachedData.byteOffset, cachedData.byteLength) }),
  });
  const isKept = cachedData !== undefined && script.cachedDataRejected === false;
  const module: { exports: Program } = { exports: {} };
  const run = script.runInThisContext() as (...given: readonly unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
  if (!isKept) {
    void module.exports.warm?.then((isWarm) => {
      if (isWarm) cache.set(key, script.createCachedData());
    });
  }
  return isKept ? 'kept' : 'compiled';
}
