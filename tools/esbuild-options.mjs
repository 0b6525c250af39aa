// @ts-check
import { readFile } from 'node:fs/promises';

/**
 * Field tables become functions that parse their text on first call (schemas/fields.d.ts).
 * @type {import('esbuild').Plugin}
 */
export const fieldTables = {
  name: 'field-tables',
  setup(build) {
    build.onLoad({ filter: /\.fields\.json$/ }, async ({ path }) => {
      const text = JSON.stringify(JSON.parse(await readFile(path, 'utf8')));
      return {
        loader: 'js',
        contents: `let table; export default () => table ??= JSON.parse(${JSON.stringify(text)});`,
      };
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
export const nodeOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  plugins: [fieldTables],
  logLevel: 'warning',
  // Packages that ship both forms are taken as ES modules, which shake and start better.
  mainFields: ['module', 'main'],
  conditions: ['import', 'node'],
};
