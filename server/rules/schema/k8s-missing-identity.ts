import { isObject, itemsAt, type JsonObject, type JsonValue, objectAt, type Path } from '../../model/json';
import { valueOf } from '../../yaml/scalar';
import { isBroken, isList } from '../declared-objects';
import { type DocumentContext, type DocumentRule } from '../rule';

export const k8sMissingIdentity: DocumentRule = {
  code: 'k8s-missing-identity',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A document that Flux applies has no apiVersion, kind or name.',
  documentation: `The document is part of what a Flux Kustomization applies, but it is no Kubernetes object: \`apiVersion\`, \`kind\` or \`metadata.name\` is missing. Often it is a file of another tool, such as Helm values, in a folder without a \`kustomization.yaml\`, where Flux takes every YAML file for objects.

The build fails, and nothing of the whole Kustomization is applied.

Add what is missing; or list the objects of the folder in a \`kustomization.yaml\`, or exclude the file with \`.sourceignore\`.`,
  check(context) {
    const { document, role } = context;
    if (role !== 'object' || document.root === undefined || isBroken(document)) return;
    judge(valueOf(document, document.root), [], context);
  },
};

function judge(value: JsonValue, at: Path, context: DocumentContext): void {
  if (value === null && at.length === 0) return;
  const part = at.length === 0 ? 'whole' : 'value';
  if (!isObject(value)) {
    const message = 'This document is not a Kubernetes object. The build of the Kustomization that reads it will fail.';
    context.report({ path: at, part, message });
    return;
  }
  if (isList(value)) {
    for (const [index, item] of itemsAt(value, 'items').entries()) judge(item, [...at, 'items', index], context);
    return;
  }
  const missing = missingFields(value, at, context);
  if (missing.length === 0) return;
  const onlyName = missing.length === 1 && missing[0] === 'metadata.name' && objectAt(value, 'metadata') !== undefined;
  context.report({
    path: onlyName ? [...at, 'metadata'] : at,
    part: onlyName ? 'key' : part,
    message: `This document has no ${missing.join(' and no ')}. The build of the Kustomization that reads it will fail.`,
  });
}

function missingFields(value: JsonObject, at: Path, context: DocumentContext): string[] {
  const isMissing = (field: JsonValue | undefined): boolean => field === undefined || field === null || field === '';
  const missing = ['apiVersion', 'kind'].filter(
    (field) => isMissing(value.get(field)) && !context.isUnknown([...at, field]),
  );
  const hasName = !isMissing(objectAt(value, 'metadata')?.get('name'));
  return hasName || context.isUnknown([...at, 'metadata', 'name']) ? missing : [...missing, 'metadata.name'];
}
