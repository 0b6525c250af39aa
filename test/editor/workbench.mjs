// @ts-check
// One workbench server on loopback with the packed extension installed, and windows on it.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

// A window with nothing in it but what a scene is about.
const settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'editor.minimap.enabled': false,
};

/**
 * Installs the extension into an empty profile and starts the workbench.
 * @param {import('./tools.mjs').Tools} tools
 * @param {string} vsix
 */
export async function startWorkbench(tools, vsix) {
  const scratch = mkdtempSync(join(tmpdir(), 'fluxwright-editor-'));
  const data = join(scratch, 'data');
  const home = join(scratch, 'home');
  mkdirSync(join(data, 'User'), { recursive: true });
  mkdirSync(home);
  const temporary = join(scratch, 'tmp');
  mkdirSync(temporary);
  // The workbench takes up what lies in an empty folder of extensions. Each probe wakes where a scene's folder asks for it.
  const probes = join(import.meta.dirname, 'probes');
  for (const name of readdirSync(probes)) {
    cpSync(join(probes, name), join(scratch, 'extensions', `fluxwright-test.${name}-0.0.1`), { recursive: true });
  }
  writeFileSync(join(scratch, 'config.yaml'), 'auth: none\n');
  const settingsFile = join(data, 'User', 'settings.json');
  writeFileSync(settingsFile, JSON.stringify(settings));
  // A program of SOPS that only notes that it was run, so that a scene can tell whether one was.
  const programs = join(scratch, 'bin');
  mkdirSync(programs);
  writeFileSync(join(programs, 'sops'), `#!/bin/sh\necho "$1" >>'${join(scratch, 'programs.log')}'\nexit 1\n`, {
    mode: 0o755,
  });
  const path = [programs, process.env['PATH'] ?? ''].join(delimiter);
  // As if begun in a terminal: else it asks a login shell for the variables of extensions, which has another path.
  const own = { PATH: path, HOME: home, TMPDIR: temporary, EXTENSIONS_GALLERY: '{}', VSCODE_CLI: '1' };
  const env = { ...cleanEnvironment(), ...own };
  const common = [tools.workbench, '--config', join(scratch, 'config.yaml'), '--user-data-dir', data];
  common.push('--extensions-dir', join(scratch, 'extensions'));

  const install = [...common, '--install-extension', vsix, '--force'];
  const { status, stdout, stderr } = spawnSync(tools.node, install, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the VSIX was not installed:\n${stdout}${stderr}`);

  const port = await freePort();
  const quiet = ['telemetry', 'update-check', 'getting-started-override', 'proxy'];
  const server = spawn(
    tools.node,
    [...common, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, ...quiet.map((what) => `--disable-${what}`)],
    { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let output = '';
  server.stdout.on('data', (chunk) => (output += chunk));
  server.stderr.on('data', (chunk) => (output += chunk));
  const address = `http://127.0.0.1:${port}`;
  await until(
    () => isHealthy(address),
    () => (server.exitCode === null ? undefined : `the workbench ended:\n${output}`),
  );

  const options = {
    executablePath: tools.browser,
    // The resolver rule keeps a scene from reaching out of this machine unseen.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  };
  const browser = await tools.playwright.chromium.launch(options);

  return {
    /** Folder of installed extensions. */
    extensions: join(scratch, 'extensions'),
    /**
     * A window on a copy of a folder, since scenes change files, with one of its files open.
     * @param {string} folder
     * @param {string} file relative to the folder
     * @param {{ prepare?: (folder: string, home: string) => Promise<void>, keepsProfile?: boolean, settings?: object }} [scene]
     *   what it does before the window opens; whether the browser keeps on disk what one with a profile keeps; settings of the
     *   user beside those of every scene
     */
    async open(folder, file, { prepare, keepsProfile = false, settings: more = {} } = {}) {
      const others = new Set(serverProcesses(scratch));
      writeFileSync(settingsFile, JSON.stringify({ ...settings, ...more }));
      const copy = mkdtempSync(join(scratch, 'repository-'));
      cpSync(folder, copy, { recursive: true });
      await prepare?.(copy, home);
      const viewport = { width: 1280, height: 800 };
      const profile = keepsProfile ? join(scratch, 'profile') : undefined;
      const context =
        profile === undefined
          ? await browser.newContext({ viewport })
          : await tools.playwright.chromium.launchPersistentContext(profile, {
              ...options,
              viewport,
              permissions: ['clipboard-read', 'clipboard-write'],
              env: { ...process.env, TMPDIR: temporary },
            });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      const payload = [['openFile', `vscode-remote://127.0.0.1:${port}${join(copy, file)}`]];
      const query = new URLSearchParams({ folder: copy, payload: JSON.stringify(payload) });
      // What the page loads late is waited for below.
      await page.goto(`${address}/?${query}`, { waitUntil: 'commit', timeout: 60_000 });
      await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
      return {
        page,
        folder: copy,
        home,
        scratch,
        extensions: join(scratch, 'extensions'),
        close: () => context.close(),
        /** Ids of the language server processes of this window. */
        servers: () => serverProcesses(scratch).filter((id) => !others.has(id)),
        /** Ids of the processes in which extensions run, of all windows. */
        extensionHosts: () => extensionHosts(home),
        /** What the program of SOPS was run for so far, a line each. */
        programsRun: () => readLines(join(scratch, 'programs.log')),
      };
    },
    async stop() {
      await browser.close();
      if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGKILL');
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * @typedef {{ page: import('playwright-core').Page, folder: string, home: string, scratch: string, extensions: string,
 *   close: () => Promise<void>, servers: () => number[], extensionHosts: () => number[], programsRun: () => string[] }} Window
 * @param {string} scratch folder of the installed extension
 */
const serverProcesses = (scratch) =>
  processes((id) => {
    const line = readFileSync(`/proc/${id}/cmdline`, 'utf8');
    return line.includes(scratch) && line.includes('/dist/server.js');
  });

/** @param {string} home of the workbench that started them */
const extensionHosts = (home) =>
  processes(
    (id) =>
      readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--type=extensionHost') &&
      readFileSync(`/proc/${id}/environ`, 'utf8').includes(`HOME=${home}\0`),
  );

/** @param {(id: number) => boolean} isWanted */
function processes(isWanted) {
  return readdirSync('/proc')
    .map(Number)
    .filter((id) => {
      try {
        return isWanted(id);
      } catch {
        // No process, or one that ended meanwhile.
        return false;
      }
    });
}

/** @param {string} path */
function readLines(path) {
  return existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
}

/** An editor that runs the tests must not hand its own session on. */
function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name)));
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** @param {string} address */
async function isHealthy(address) {
  try {
    return (await fetch(`${address}/healthz`)).ok;
  } catch {
    return false;
  }
}

/**
 * Asks until the condition holds; rejects with what `fault` says or after a minute.
 * @param {() => Promise<boolean>} holds
 * @param {() => string | undefined} fault
 */
async function until(holds, fault) {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    const said = fault() ?? (Date.now() > end ? 'the workbench did not answer within a minute' : undefined);
    if (said !== undefined) throw new Error(said);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
