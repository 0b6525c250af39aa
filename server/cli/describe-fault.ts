import { type EngineFault } from '../build/kustomize/fault';
import { rangeOfFault } from '../build/kustomize/fault-range';
import { type BuildFiles } from '../host/build-files';
import { type FilePath } from '../model/file-path';

/** A fault as one line that starts with its place, as `fluxwright check` prints findings. */
export function describeFault(files: BuildFiles, fault: EngineFault): string {
  const range = rangeOfFault(files, fault);
  const file: FilePath = fault.file === '' ? '.' : fault.file;
  const place = range === undefined ? file : `${file}:${range.start.line + 1}:${range.start.character + 1}`;
  return `${place}: ${fault.message}`;
}
