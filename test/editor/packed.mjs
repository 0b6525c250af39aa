// @ts-check
// What was packed, as its users get it: test/unit/package/shipped.json names every file.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
/** @type {string[]} */
const shipped = JSON.parse(readFileSync(join(root, 'test', 'unit', 'package', 'shipped.json'), 'utf8'));

/**
 * The folder an editor unpacked the extension into holds what ships and nothing else.
 * @param {string} extensions folder of installed extensions
 */
export function checkInstalledExtension(extensions) {
  const name = readdirSync(extensions).find((entry) => entry.startsWith('fluxwright.fluxwright-'));
  assert.ok(name, 'the extension is installed');
  const folder = join(extensions, name);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.vsixmanifest')
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  // vsce gives the documents that the marketplace shows names of its own.
  const renamed = new Map([
    ['README.md', 'readme.md'],
    ['CHANGELOG.md', 'changelog.md'],
    ['LICENSE', 'LICENSE.txt'],
  ]);
  assert.deepEqual(files.sort(), shipped.map((file) => renamed.get(file) ?? file).sort());
}

/** The npm package holds what ships, installs into an empty folder alone, and both of its programs run there. */
export async function checkNpmPackage() {
  const scratch = mkdtempSync(join(tmpdir(), 'fluxwright-npm-'));
  try {
    // Packing the VSIX has built; building again would change nothing.
    const packed = npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', scratch);
    const [{ filename, files }] = JSON.parse(packed);
    const paths = files.map((/** @type {{ path: string }} */ file) => file.path);
    assert.deepEqual(paths.sort(), [...shipped].sort());

    writeFileSync(join(scratch, 'package.json'), '{ "private": true }');
    npm(scratch, 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(scratch, filename));
    assert.deepEqual(
      readdirSync(join(scratch, 'node_modules')).filter((name) => !name.startsWith('.')),
      ['fluxwright'],
    );
    const help = spawnSync(bin(scratch, 'fluxwright'), ['--help'], { encoding: 'utf8' });
    assert.equal(help.status, 0, help.stderr);
    assert.match(help.stdout, /^ +check\b/m);
    await checkServerAnswers(bin(scratch, 'fluxwright-language-server'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {string} path */
export function checkSize(path) {
  assert.ok(statSync(path).size <= 4 * 1024 * 1024, 'the VSIX has at most 4 MB');
}

/** @param {string} folder @param {string} name */
function bin(folder, name) {
  return join(folder, 'node_modules', '.bin', name);
}

/** @param {string} cwd @param {string[]} args */
function npm(cwd, ...args) {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
  assert.equal(status, 0, `npm ${args[0]}: ${stderr}`);
  return stdout;
}

/**
 * The server answers `initialize` and ends with its input.
 * @param {string} program
 */
async function checkServerAnswers(program) {
  const server = spawn(program, ['--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => server.once('exit', (_code, signal) => resolve(signal)));
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  let output = '';
  for await (const chunk of server.stdout) {
    output += chunk;
    if (output.includes('"protocol":1')) break;
  }
  assert.match(output, /"capabilities":/);
  server.stdin.end();
  const patience = setTimeout(() => server.kill('SIGKILL'), 10_000);
  assert.equal(await ended, null, 'the server ends when its client is gone');
  clearTimeout(patience);
}
