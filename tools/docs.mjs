// @ts-check
// Writes docs/rules/ and docs/settings.md from the rules and the manifest: node tools/docs.mjs [--check]
// With --check nothing is written, and the exit code is 1 when a committed page differs.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import * as prettier from 'prettier';
import { nodeOptions } from './esbuild-options.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const notice = '<!-- Written by tools/docs.mjs from server/rules; edit the rule instead. -->';
const families = {
  yaml: 'YAML',
  schema: 'Objects and fields',
  api: 'API versions',
  reference: 'References',
  graph: 'Order of application',
  kustomization: 'Flux Kustomizations',
  kustomize: 'kustomization.yaml',
  sops: 'SOPS',
};
const certainties = {
  certain: 'certain: true whatever the cluster holds',
  'if-complete': 'if complete: true if the repository is all there is',
  possible: 'possible: depends on what stands outside the repository',
};

/** The rules, and the family (folder) of each. */
async function loadRules() {
  const file = join(root, '.cache', `docs-${process.pid}.cjs`);
  await build({
    ...nodeOptions,
    entryPoints: [join(root, 'server/rules/index.ts')],
    outfile: file,
    packages: 'external',
  });
  const { rules } = createRequire(import.meta.url)(file);
  rmSync(file);
  const familyOf = new Map();
  for (const family of Object.keys(families)) {
    for (const name of readdirSync(join(root, 'server/rules', family))) familyOf.set(name.replace(/\.ts$/, ''), family);
  }
  return rules.map((rule) => ({ ...rule, family: familyOf.get(rule.code) }));
}

const sorted = (rules) => [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));

function rulePage(rule) {
  const facts = [
    `| Severity | ${rule.severity} |`,
    `| Certainty | ${certainties[rule.certainty]} |`,
    ...(rule.flux === undefined ? [] : [`| Flux | ${rule.flux} |`]),
  ];
  return `${notice}

# ${rule.code}

${rule.summary}

|  |  |
| --- | --- |
${facts.join('\n')}

${rule.documentation}

To change its severity or to switch it off, see [settings](../settings.md#severity-of-rules). [All rules](README.md)
`;
}

function indexPage(rules) {
  const sections = Object.entries(families).map(([family, title]) => {
    const rows = sorted(rules.filter((rule) => rule.family === family)).map(
      (rule) => `| [${rule.code}](${rule.code}.md) | ${rule.severity} | ${rule.summary} |`,
    );
    return `## ${title}\n\n| Rule | Severity | What it finds |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `${notice}

# Rules

Severities are those without any configuration. A finding that depends on the release of Flux is an error only where it holds for the release the cluster runs, or in every release when that is not known; otherwise it is a warning that names the release. A reference of a suspended object is a warning.

${sections.join('\n')}`;
}

function settingsPage(rules, manifest, texts) {
  const text = (value) => (typeof value === 'string' ? value.replace(/^%(.*)%$/, (_, key) => texts[key] ?? key) : '');
  const groups = [manifest.contributes?.configuration ?? []].flat();
  const rows = groups
    .flatMap(({ properties = {} }) => Object.entries(properties))
    .map(([name, setting]) => {
      const values = setting.enum ? ` One of ${setting.enum.map((value) => `\`${value}\``).join(', ')}.` : '';
      const description = text(setting.markdownDescription ?? setting.description).replaceAll('\n', ' ');
      return `| \`${name}\` | \`${JSON.stringify(setting.default)}\` | ${description}${values} |`;
    });
  const severities = sorted(rules).map((rule) => `  ${rule.code}: ${rule.severity}`);
  return `<!-- Written by tools/docs.mjs from package.json and server/rules. -->

# Settings

## In the editor

| Setting | Default | Meaning |
| --- | --- | --- |
${rows.join('\n')}

## In the repository

\`.fluxwright.yaml\` at the root counts for editor, command line and language server alike, so that all of them find the same.

### Severity of rules

Each rule takes \`error\`, \`warning\`, \`information\`, \`hint\` or \`off\`. These are the severities without any configuration:

\`\`\`yaml
# .fluxwright.yaml
rules:
${severities.join('\n')}
\`\`\`

What each of them finds is told in [rules](rules/README.md).
`;
}

const rules = await loadRules();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
let texts = {};
try {
  texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
} catch {
  // Without translations the settings have no description.
}

const pages = new Map([
  ['docs/rules/README.md', indexPage(rules)],
  ['docs/settings.md', settingsPage(rules, manifest, texts)],
  ...rules.map((rule) => [`docs/rules/${rule.code}.md`, rulePage(rule)]),
]);
const options = (await prettier.resolveConfig(join(root, 'docs/x.md'))) ?? {};
let differing = 0;
mkdirSync(join(root, 'docs/rules'), { recursive: true });
const stale = readdirSync(join(root, 'docs/rules')).filter((name) => !pages.has(`docs/rules/${name}`));
for (const [path, page] of pages) {
  const wanted = await prettier.format(page, { ...options, parser: 'markdown' });
  const file = resolve(root, path);
  let found;
  try {
    found = readFileSync(file, 'utf8');
  } catch {
    found = undefined;
  }
  if (found === wanted) continue;
  differing++;
  if (process.argv.includes('--check')) console.error(`${path} differs: run node tools/docs.mjs`);
  else writeFileSync(file, wanted);
}
for (const name of stale) {
  differing++;
  if (process.argv.includes('--check')) console.error(`docs/rules/${name} belongs to no rule: run node tools/docs.mjs`);
  else rmSync(join(root, 'docs/rules', name));
}
if (process.argv.includes('--check')) process.exit(differing === 0 ? 0 : 1);
console.log(`${pages.size} pages, ${differing} changed`);
