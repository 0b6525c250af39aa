import { formatFunctions } from './formats';
import { type TemplateFunction } from './function';
import { listFunctions } from './lists';
import { logicFunctions } from './logic';
import { mapFunctions } from './maps';
import { numberFunctions } from './numbers';
import { textFunctions } from './texts';

/**
 * Of text/template, slim-sprig and Flux Operator (internal/builder, `newTemplate`) what is carried out here. Those that
 * change a map in place are not: inputs are shared.
 */
export const functions: ReadonlyMap<string, TemplateFunction> = new Map(
  [textFunctions, listFunctions, mapFunctions, numberFunctions, logicFunctions, formatFunctions].flatMap((family) =>
    Object.entries(family),
  ),
);
