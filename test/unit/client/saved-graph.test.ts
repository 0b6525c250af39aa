import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mermaidLimit, savedText } from '../../../client/views/saved-graph';
import { mermaidText } from '../../../webview/graph/save-mermaid';
import { select } from '../../../webview/graph/selection';
import { graph, hostileName, largeGraph, node, showAll } from '../webview/graphs';
import { createModel, type GraphModel } from '../../../webview/graph/model';

const mermaidOf = (model: GraphModel): string => mermaidText(model, select(model, showAll), 'clusters/home');

test('in Markdown a flowchart stands between fences that no name ends', () => {
  const hostile = createModel([node('a', 'Kustomization', `\`\`\`\n${hostileName}`)], []);
  const text = mermaidOf(hostile);
  for (const path of ['/w/graph.md', '/w/GRAPH.MD', '/w/graph.markdown']) {
    const saved = savedText('mermaid', text, path);
    assert.equal(saved, `\`\`\`mermaid\n${text}\`\`\`\n`);
    assert.equal(saved.match(/```/g)?.length, 2);
  }
  assert.equal(savedText('mermaid', text, '/w/graph.mmd'), text);
  assert.equal(savedText('svg', '<svg/>', '/w/graph.md'), '<svg/>');
});

test('what Mermaid refuses to draw by default is told', () => {
  assert.equal(mermaidLimit(mermaidOf(largeGraph(100))), undefined);
  const arcs = (count: number): string[] => Array.from({ length: count }, (_, index) => `n${index} -> n${index + 1}`);
  assert.equal(mermaidLimit(mermaidOf(graph(...arcs(500)))), undefined);
  assert.match(
    mermaidLimit(mermaidOf(graph(...arcs(501)))) ?? '',
    /^The saved graph has 501 relations, and Mermaid draws 500 unless/,
  );
  assert.match(
    mermaidLimit(mermaidOf(largeGraph(700))) ?? '',
    /it has \d{5} characters, and Mermaid reads 50000 unless/,
  );
});
