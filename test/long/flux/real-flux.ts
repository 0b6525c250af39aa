import { spawnSync } from 'node:child_process';

/** What `tools/flux-oracle` renders; see its `request`. */
export interface FluxRequest {
  /** Absolute path of the artifact's root. */
  readonly root: string;
  readonly kustomization: string;
  readonly sources: readonly string[];
  readonly strict: boolean;
}

export type FluxOutcome = { readonly text: string } | { readonly error: string };

/** The binary of `tools/flux-oracle`, named by `FLUX_ORACLE`; undefined when there is none. */
export function findFluxOracle(): string | undefined {
  const tool = process.env['FLUX_ORACLE'];
  return tool !== undefined && spawnSync(tool, { input: '' }).status === 0 ? tool : undefined;
}

export function renderWithFlux(tool: string, requests: readonly FluxRequest[]): FluxOutcome[] {
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  const { status, stdout, stderr } = spawnSync(tool, { input, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`flux-oracle ends with ${String(status)}: ${stderr}`);
  const answers = stdout.split('\n').filter((line) => line !== '');
  if (answers.length !== requests.length)
    throw new Error(`flux-oracle answers ${answers.length} of ${requests.length}`);
  return answers.map((line) => {
    const { text = '', error } = JSON.parse(line) as { readonly text?: string; readonly error?: string };
    // The version of a program that is built from sources at hand.
    return error === undefined ? { text: text.replaceAll('kustomize-(devel)', 'kustomize-v5.8.1') } : { error };
  });
}
