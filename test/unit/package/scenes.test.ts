import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { manifest, texts } from './manifest';

const folder = join('test', 'editor');
const scenes = [folder, join(folder, 'scenes')]
  .flatMap((where) => readdirSync(where).map((name) => join(where, name)))
  .filter((path) => path.endsWith('.mjs'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

const shown = (title: string): string => texts[title.slice(1, -1)] ?? title;
const { commands, menus, views } = manifest.contributes;
const menuEntries = new Set(
  Object.entries(menus).flatMap(([menu, entries]) =>
    menu === 'commandPalette' ? [] : entries.map(({ command }) => command),
  ),
);

/** By its title in the palette, or on a button or in a menu where it has one. */
function isPlayed(command: string, title: string): boolean {
  if (scenes.includes(`'Flux: ${title}'`)) return true;
  return menuEntries.has(command) && [`'${title}'`, `"${title}"`].some((quoted) => scenes.includes(quoted));
}

test('every command is used by its title in a scene of the editor', () => {
  const missing = commands.filter(({ command, title }) => !isPlayed(command, shown(title)));
  assert.deepEqual(
    missing.map(({ title }) => shown(title)),
    [],
  );
});

test('every view is looked at by its name in a scene of the editor', () => {
  const missing = Object.values(views)
    .flat()
    .map(({ name }) => shown(name))
    .filter((name) => !scenes.includes(`getByRole('tree', { name: '${name}'`));
  assert.deepEqual(missing, []);
});
