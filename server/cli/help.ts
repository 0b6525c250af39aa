/** What `fluxwright --help` prints. */
export const programHelp = `Checks Flux repositories the way Flux reads them.

Usage: fluxwright COMMAND [DIR] [OPTIONS]

Commands:
  check   Report what is wrong in a repository
  graph   Show clusters, their Flux Kustomizations and the objects they apply
  build   Print what a kustomization renders to

Not there yet: diff, mcp.

Options:
  -h, --help   Show this help, or that of a command
  --version    Show the version

Run fluxwright COMMAND --help to see what a command takes.
`;

/** What `fluxwright check --help` prints. */
export const checkHelp = `Reports what is wrong in a Flux repository.

Usage: fluxwright check [DIR] [OPTIONS]

DIR is the root of the repository; the current folder unless given.

Options:
  --format text|json               How findings are printed (text)
  --fail-on error|warning|none     Least severity that makes the exit code 1 (error)
  --hints                          Print hints too; without it the summary only counts them
  --flux-version VERSION           Judge every cluster by this release, such as 2.10
  --color auto|always|never        Color text output (auto; NO_COLOR and FORCE_COLOR count)
  --debug                          Print what happens inside to standard error
  -h, --help                       Show this help

Not there yet: --format sarif|github|gitlab|junit, --base, --baseline.

Exit codes: 0 nothing at or over the threshold, 1 findings, 2 wrong usage or configuration, 3 a fault of fluxwright.
`;

/** What `fluxwright graph --help` prints. */
export const graphHelp = `Shows clusters, their Flux Kustomizations and the objects they apply.

Usage: fluxwright graph [DIR] [OPTIONS]

DIR is the root of the repository; the current folder unless given.

Options:
  --format text|json|mermaid|dot   text and json name every object, mermaid and dot Flux objects only (text)
  --flux-version VERSION           Take this release for every cluster, such as 2.10
  --color auto|always|never        Color text output (auto; NO_COLOR and FORCE_COLOR count)
  --debug                          Print what happens inside to standard error
  -h, --help                       Show this help

Exit codes: 0 the graph is printed, 2 wrong usage or configuration, 3 a fault of fluxwright.
`;

/** What `fluxwright build --help` prints. */
export const buildHelp = `Prints what a kustomization renders to, byte for byte what kustomize 5.8.1 prints.

Usage: fluxwright build [DIR] [--root FOLDER]
       fluxwright build --all REPO --out OUT
       fluxwright build [REPO] --kustomization NAMESPACE/NAME [--cluster PATH]

DIR is the folder of the kustomization; the current folder unless given. Nothing is downloaded: a remote entry fails.
With --kustomization it prints what Flux applies for a Flux Kustomization of the repository: patches, substitution and
labels included. Encrypted values stay encrypted.

Options:
  --root FOLDER          Folder that no file may lie outside of; the nearest one with .git unless given
  --all REPO             Build every kustomization of a repository
  --out OUT              Folder to write their outputs and index.tsv to
  --kustomization NAME   The Flux Kustomization, as NAMESPACE/NAME
  --cluster PATH         The cluster it is in, where several have it
  --flux-version VERSION Take this release for every cluster, such as 2.10
  -h, --help             Show this help

Exit codes: 0 printed, 1 the kustomization cannot be built, 2 wrong usage, 3 a fault of fluxwright.
`;
