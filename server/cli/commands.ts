// Everything heavy stands behind this file, so that a bundler can keep it out of the program's start.
export { build } from './build';
export { check } from './check';
export { graph } from './graph';
