import { analyse, configurationFaults } from './analyse';
import { colourModes, createPalette, usesColour } from './colour';
import { collectGraph } from './graph-report/collect';
import { dotGraph } from './graph-report/dot';
import { jsonGraph } from './graph-report/json';
import { mermaidGraph } from './graph-report/mermaid';
import { textGraph } from './graph-report/text';
import { graphHelp } from './help';
import { type Command, type ExitCode, exitCodes, type Io, plain } from './io';
import { type Options, readOptions } from './options';
import { refuse, refuseConfiguration } from './refuse';
import { readTarget } from './target';

const options: Options = {
  format: { kind: 'choice', values: ['text', 'json', 'mermaid', 'dot'] },
  'flux-version': { kind: 'text', what: 'a release of Flux, such as 2.10' },
  color: { kind: 'choice', values: colourModes },
};

const nextStep = 'Run fluxwright graph --help to see what it takes.';

/** `fluxwright graph`: shows clusters, their Flux Kustomizations and what they apply. */
export const graph: Command = {
  help: graphHelp,
  run: async (args, io) => Promise.resolve(runGraph(args, io)),
};

function runGraph(args: readonly string[], io: Io): ExitCode {
  const read = readOptions(args, options);
  if ('fault' in read) return refuse(io, read.fault, nextStep);
  const { values, flags } = read.given;
  const found = readTarget(read.given);
  if ('fault' in found) return refuse(io, found.fault, nextStep);

  const { snapshot } = analyse(found.target, io, { judges: false, isDebug: flags.has('debug') });
  const faults = configurationFaults(snapshot);
  if (faults.length > 0) return refuseConfiguration(io, faults);
  const clusters = snapshot.clusters.map(collectGraph);
  if (values.get('format') === 'json') io.out(jsonGraph(found.target.root, clusters));
  else if (values.get('format') === 'mermaid') io.out(mermaidGraph(clusters));
  else if (values.get('format') === 'dot') io.out(dotGraph(clusters));
  else if (clusters.length === 0) io.out(`No cluster is found in ${plain(found.target.name)}.\n`);
  else io.out(`${textGraph(clusters, createPalette(usesColour(values.get('color') ?? 'auto', io)))}\n`);
  return exitCodes.good;
}
