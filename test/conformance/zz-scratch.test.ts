import { test } from 'node:test';
import { analyse } from '../support/analysis';
import { EditableFiles } from './support/editable-files';
import { builtInKinds, readRepository, repositoryNames } from './support/shared-trees';
for (const name of repositoryNames()) test(name, () => {
  const files = new EditableFiles(readRepository(name));
  const a = analyse(files, {}, builtInKinds);
  let t = performance.now();
  const { snapshot, verdict } = a.run();
  console.log(name, Math.round(performance.now() - t), 'ms', a.complaints);
  const holes = new Map<string, number>();
  for (const c of snapshot.clusters) for (const b of c.builds.values()) for (const h of b.holes) {
    const key = `${c.cluster.path} ${b.owner.key.split('/').slice(-2).join('/')} ${h.reason} ${JSON.stringify(h.provides.kind === 'kinds' ? h.provides.kinds.map(k=>k.kind).join() : h.provides.kind)} ${h.message}`;
    holes.set(key, (holes.get(key) ?? 0) + 1);
  }
  console.log([...holes].map(([k, n]) => `   ${n} ${k}`).join('\n'));
  const unknown = new Map<string, number>();
  for (const c of snapshot.clusters) for (const o of c.objects()) {
    const key = `${o.id.kind} ${o.unknown === 'everything' ? '*' : [...new Set(o.unknown.map((p) => p.slice(0,4).join('.')))].join(' ')} / ${o.changes.map((x) => x.path.join('.')).join(' ')}`;
    if (o.id.group.includes('flux')) unknown.set(key, (unknown.get(key) ?? 0) + 1);
  }
  console.log([...unknown].map(([k, n]) => `   ${n} ${k}`).join('\n'));
  void verdict;
});
