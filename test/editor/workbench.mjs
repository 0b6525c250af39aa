// @ts-check
// One workbench server on loopback with the packed extension installed, and windows on it.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  writeFileSync(join(data, 'User', 'settings.json'), JSON.stringify(settings));
  const env = { ...cleanEnvironment(), HOME: home, TMPDIR: temporary, EXTENSIONS_GALLERY: '{}' };
  const common = [tools.workbench, '--config', join(scratch, 'config.yaml'), '--user-data-dir', data];
  common.push('--extensions-dir', join(scratch, 'extensions'));

  const install = [...common, '--install-extension', vsix, '--force'];
  const { status, stdout, stderr } = spawnSync(tools.node, install, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the VSIX was not installed:\n${stdout}${stderr}`);

  const port = await freePort();
  const quiet = ['telemetry', 'update-check', 'workspace-trust', 'getting-started-override', 'proxy'];
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
     * @param {{ prepare?: (folder: string, home: string) => Promise<void>, keepsProfile?: boolean }} [scene] what it does
     *   before the window opens; whether the browser keeps on disk what one with a profile keeps
     */
    async open(folder, file, { prepare, keepsProfile = false } = {}) {
      const others = new Set(serverProcesses(scratch));
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
      await page.goto(`${address}/?${query}`);
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
 *   close: () => Promise<void>, servers: () => number[] }} Window
 * @param {string} scratch folder of the installed extension
 */
function serverProcesses(scratch) {
  return readdirSync('/proc')
    .map(Number)
    .filter((id) => {
      try {
        const line = readFileSync(`/proc/${id}/cmdline`, 'utf8');
        return line.includes(scratch) && line.includes('/dist/server.js');
      } catch {
        // No process, or one that ended meanwhile.
        return false;
      }
    });
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
