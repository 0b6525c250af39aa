// The one reading of scalars (design 2): validation, build and rules take values from here.
export { resolveScalar, type Dialect, type ResolvedScalar } from './scalar/resolve';
export { keyText, valueOf } from './scalar/value';
