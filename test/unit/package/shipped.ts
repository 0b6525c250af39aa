import { readFileSync } from 'node:fs';

/** Every file of the packed extension and npm package, relative to the project. A new one is a decision. */
export const shipped = JSON.parse(readFileSync('test/unit/package/shipped.json', 'utf8')) as readonly string[];
