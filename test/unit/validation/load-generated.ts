import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadKubernetes } from '../../../server/validation/kubernetes';

interface Generator {
  makeKubernetes: () => { readonly schemas: object; readonly docs: object };
}

/** The kinds of Kubernetes, generated from the installed client as the build does. */
export async function generate(): Promise<ReturnType<typeof loadKubernetes> & { readonly text: string }> {
  const file = pathToFileURL(resolve('tools/kubernetes/generate.mjs')).href;
  const { schemas, docs } = ((await import(file)) as Generator).makeKubernetes();
  const text = JSON.stringify(schemas);
  const loaded = loadKubernetes(
    () => text,
    () => JSON.stringify(docs),
  );
  return Object.assign(loaded, { text });
}
