// Loaded with the analysis, after `initialize` was answered.
export { complete } from '../features/completion/complete';
export { define } from '../features/definition';
export { hover } from '../features/hover';
export { linksIn } from '../features/links';
export { documentSymbols, workspaceSymbols } from '../features/symbols';
export { secretLenses } from '../features/secrets/secret-lenses';
