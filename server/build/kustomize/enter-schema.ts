import { isFault, type EngineFault } from './fault';
import { KustomizationContext } from './kustomization-context';
import { type LoadedKustomization } from './load/kustomization';
import { loadSchema } from './openapi/load-schema';
import { type Session } from './session';
import { emptyTransformerConfig } from './transformer-config';

/**
 * Takes the schema that a kustomization asks for, unless one before asked for another. The file of `openapi.path` must be
 * there all the same.
 */
export function enterSchema(session: Session, loaded: LoadedKustomization): EngineFault | undefined {
  const { openapi } = loaded.kustomization;
  if (openapi.size === 0) return undefined;
  const context = new KustomizationContext(session, loaded, emptyTransformerConfig);
  const path = openapi.get('path');
  if (session.schema !== undefined) {
    const content = path === undefined ? undefined : context.readFile(path, ['openapi', 'path']);
    return isFault(content) ? content : undefined;
  }
  const schema = loadSchema(openapi, context);
  if (isFault(schema)) return schema;
  session.schema = schema;
  return undefined;
}
