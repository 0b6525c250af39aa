// Edits of a document's text that leave everything else as it is: comments, line breaks, a missing last one.
export { insertKey } from './edit/insert';
export { removeEntry } from './edit/remove';
export { renameKey, replaceScalar } from './edit/replace';
export { applyEdits, type DocumentEdit } from './edit/text-edit';
export { writeScalar } from './edit/write-scalar';
