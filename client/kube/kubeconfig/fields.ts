import { type PlatformPath } from 'node:path';
import { stringAt, type JsonObject } from '../../../server/model/json';
import { type DataOrFile } from './kubeconfig';

/** Where a kubeconfig stands: relative paths in it begin there. */
export interface Place {
  readonly folder: string;
  readonly path: PlatformPath;
}

/** A path of the file made absolute; undefined when it is missing or empty. */
export function filePath(value: string | undefined, { folder, path }: Place): string | undefined {
  if (value === undefined || value === '') return undefined;
  return path.isAbsolute(value) ? value : path.join(folder, value);
}

/** A field and its `-data` sibling, which is base64. */
export function dataOrFile(value: JsonObject, field: string, place: Place): DataOrFile {
  const data = stringAt(value, `${field}-data`);
  const file = filePath(stringAt(value, field), place);
  return {
    ...(data ? { data: Buffer.from(data, 'base64').toString('utf8') } : {}),
    ...(file === undefined ? {} : { file }),
  };
}
