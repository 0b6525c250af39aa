// @ts-check
// docs/benchmarks.md: its text is written by hand, the part between the two marks by the bench.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

const marks = ['<!-- figures: npm run bench -- --write -->', '<!-- end of figures -->'];

/**
 * @param {string} file
 * @param {readonly import('./bench.mjs').Row[]} rows
 * @param {{ date: string, processor: string, memory: string, system: string, node: string, peerNode: string | undefined, tree: string, load: number, pace: [number, number] }} machine
 */
export async function writeDocument(file, rows, machine) {
  const text = await readFile(file, 'utf8');
  const [start, end] = marks.map((mark) => text.indexOf(mark));
  if (start === undefined || end === undefined || start < 0 || end < 0)
    throw new Error(`${file} has lost the marks of its figures`);
  const peer =
    machine.peerNode === undefined
      ? 'The peer could not be installed: its rows are skipped.'
      : `yaml-language-server 2.0.0 ran on its own Node ${machine.peerNode}.`;
  const figures = `${marks[0]}

Measured on ${machine.date}: ${machine.processor}, ${machine.memory}, ${machine.system}, Node ${machine.node}. ${peer} Documents were edited in ${machine.tree}. Pace ${machine.pace.map((time) => time.toFixed(1)).join(' to ')} ms, load ${machine.load.toFixed(1)}.

| row | ours | against | ratio | must | stretch | |
| --- | --- | --- | --- | --- | --- | --- |
${rows.map(({ name, ours, other, value, must, stretch, verdict }) => `| ${[name, ours, other, value, must, stretch, verdict].map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`).join('\n')}

`;
  const written = text.slice(0, start) + figures + text.slice(end);
  const options = (await resolveConfig(file)) ?? {};
  await writeFile(file, await format(written, { ...options, filepath: file }));
}
