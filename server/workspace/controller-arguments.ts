import { type RenderedObject } from '../build/build';
import { controllerName } from '../build/kept-content';
import { isObject, itemsAt, type JsonValue } from '../model/json';

/**
 * What the arguments of kustomize-controller say of a feature gate; undefined where nothing does. Of several the last
 * counts (`--feature-gates=A=true,B=false`; fluxcd/pkg runtime/features).
 */
export function featureGate(deployment: JsonValue | undefined, gate: string): boolean | undefined {
  let found: boolean | undefined;
  const containers = itemsAt(deployment, 'spec', 'template', 'spec', 'containers');
  for (const container of containers.filter(isObject)) {
    for (const argument of itemsAt(container, 'args')) {
      const list = typeof argument === 'string' ? /^--feature-gates=(.*)$/.exec(argument)?.[1] : undefined;
      for (const pair of list?.split(',') ?? []) {
        const [name = '', value = ''] = pair.split('=').map((part) => part.trim());
        if (name === gate && /^(true|false)$/i.test(value)) found = value.toLowerCase() === 'true';
      }
    }
  }
  return found;
}

/** True for the Deployment of kustomize-controller. */
export const isController = ({ id }: RenderedObject): boolean => id.kind === 'Deployment' && id.name === controllerName;

/** The kustomize-controller among rendered objects; undefined when they do not install it. */
export function controllerIn(objects: readonly RenderedObject[]): JsonValue | undefined {
  return objects.find(isController)?.value;
}
