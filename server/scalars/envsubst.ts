// The language of Flux's post-build substitution: fluxcd/pkg envsubst 1.9.
export { findVariables, hasVariable, type VariableUse } from './envsubst/find-variables';
export { inputOffset, stretchAt, type OffsetMap, type Stretch } from './envsubst/offset-map';
export { substitute, type Span, type Substitution, type SubstitutionFault, type Variable } from './envsubst/substitute';
