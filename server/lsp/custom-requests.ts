import { type CancellationToken } from 'vscode-languageserver/node';
import { namePlaces, rangeAt } from '../features/place';
import { placesOf, renderedText } from '../features/rendered';
import { originOf } from '../build/build';
import { formatAddress, parseAddress } from '../model/object-address';
import { type Answer, type NotAvailable } from '../protocol/answer';
import * as messages from '../protocol/messages';
import { type SourcePlace } from '../protocol/place';
import { positionAt } from '../yaml/position';
import { type Snapshot } from '../workspace/snapshot';
import { type AnalysedRoot } from './analysed-root';
import { answerHistory } from './answer-history';
import { describeDecryption } from './describe-decryption';
import { describeFileAt, describeRevisions } from './describe-file-history';
import { describeReach } from './describe-reach';
import { describeClusters, describeGraph } from './describe-repository';
import { type RequestOptions } from './feature-requests';
import { decodePosition } from './position-encoding';
import { safely } from './safe';
import { textLines } from './text-lines';
import { encodeRange } from './to-lsp';

const refuse = (generation: number, reason: NotAvailable['reason'], message: string): NotAvailable => ({
  generation,
  available: false,
  reason,
  message,
});
const noRoot = refuse(0, 'no-root', 'This file lies outside every folder that is open.');
const notReady = refuse(0, 'not-ready', 'The repository is still being read.');

/** Answers `fluxwright/*`. */
export function answerCustomRequests({
  connection,
  log,
  session,
  documents,
}: Omit<RequestOptions, 'recipientNames'>): void {
  const on = <Question, Result>(
    request: messages.CustomRequest<Question, Answer<Result>>,
    handler: (question: Question) => Answer<Result> | Promise<Answer<Result>>,
  ): void => {
    const failed: Answer<Result> = refuse(0, 'not-found', 'The question could not be answered; the log says why.');
    const wrapped = safely(log, request.method, failed, handler);
    connection.onRequest(request.method, (params: Question, token: CancellationToken) => wrapped(params, token));
  };
  /** For requests about a root: it must be known and read once. */
  const inRoot = async <Result>(
    uri: string,
    answer: (snapshot: Snapshot, root: AnalysedRoot) => Answer<Result> | Promise<Answer<Result>>,
  ): Promise<Answer<Result>> => {
    const root = (await session).rootOf(uri);
    if (root === undefined) return noRoot;
    const { snapshot } = root.root.workspace;
    return snapshot === undefined ? notReady : answer(snapshot, root);
  };
  const placeOf = (root: AnalysedRoot, place: { file: string; range: SourcePlace['range'] }): SourcePlace => ({
    uri: root.uriOf(place.file),
    range: encodeRange(place.file, place.range, root.context),
  });

  on(messages.documentsRequest, async ({ uri, version }) => {
    const at = (await session).place(uri);
    if (at?.in.root.links !== true) return noRoot;
    const { workspace } = at.in.root;
    const { snapshot } = workspace;
    if (snapshot === undefined) return notReady;
    const { generation } = snapshot;
    const open = documents.get(uri);
    const file = snapshot.yaml(at.path);
    if (file === undefined) return refuse(generation, 'not-found', 'This file is not part of the repository.');
    // Ranges of another text would put marks on wrong lines; the next snapshotChanged is the time to ask again.
    if (open !== undefined && (open.version !== version || file.text !== open.lines.text))
      return refuse(generation, 'stale', 'The document changed since it was asked about.');
    return {
      generation,
      available: true,
      documents: file.documents.map(({ document, offset }, index) => ({
        range: encodeRange(
          at.path,
          { start: positionAt(file, offset), end: positionAt(file, offset + document.text.length) },
          at.in.context,
        ),
        addresses: snapshot
          .renderedFrom({ file: at.path, document: index })
          .map(({ address }) => formatAddress(address)),
      })),
    };
  });
  on(messages.locateRequest, ({ root: uri, address, path }) =>
    inRoot(uri, (snapshot, root) => {
      const { generation } = snapshot;
      const parsed = parseAddress(address);
      const cluster = snapshot.clusters.find((candidate) => candidate.cluster.path === parsed?.cluster);
      const objects = [...(cluster?.objects() ?? [])];
      const object = objects.find((candidate) => formatAddress(candidate.address) === address);
      if (object === undefined) return refuse(generation, 'not-found', 'No object of this repository has that name.');
      const origins =
        path === undefined
          ? namePlaces(snapshot, object)
          : originOf(object, path).flatMap((origin) => {
              const file = snapshot.yaml(origin.file);
              return (file && rangeAt(file, origin, origin.path)) ?? [];
            });
      return { generation, available: true, places: origins.map((origin) => placeOf(root, origin)) };
    }),
  );
  const nothingRendered = (generation: number): NotAvailable =>
    refuse(generation, 'not-found', 'Nothing of that name is rendered from this repository.');
  on(messages.renderedRequest, ({ root: uri, address, ref }) =>
    inRoot(uri, async (current, { root }) => {
      const { generation } = current;
      const revision = ref === undefined ? undefined : await root.at(ref);
      if (revision === 'unknown') return refuse(generation, 'no-revision', `Git knows no commit ${ref ?? ''} here.`);
      if (revision === 'too-large')
        return refuse(generation, 'no-revision', `The files of ${ref ?? ''} are too large to be looked at.`);
      const { commit, snapshot } = revision ?? { commit: undefined, snapshot: current };
      const parsed = parseAddress(address);
      const rendered = parsed && renderedText(snapshot, parsed);
      return rendered === undefined
        ? nothingRendered(generation)
        : { generation, available: true, text: rendered.text, ...(commit !== undefined && { commit }) };
    }),
  );
  on(messages.originAtRequest, ({ root: uri, address, line, character }) =>
    inRoot(uri, (snapshot, root) => {
      const { generation } = snapshot;
      const parsed = parseAddress(address);
      const rendered = parsed && renderedText(snapshot, parsed);
      if (rendered === undefined) return nothingRendered(generation);
      const lines = textLines(rendered.text);
      const position = decodePosition(lines, { line, character }, root.context.support.encoding);
      const places = placesOf(snapshot, rendered.stepsAt(lines.offsetAt(position)));
      return { generation, available: true, places: places.map((place) => placeOf(root, place)) };
    }),
  );
  on(messages.graphRequest, ({ root }) =>
    inRoot(root, (snapshot) => ({ generation: snapshot.generation, available: true, ...describeGraph(snapshot) })),
  );
  on(messages.clustersRequest, ({ root: uri }) =>
    inRoot(uri, (snapshot, root) => ({
      generation: snapshot.generation,
      available: true,
      clusters: describeClusters(snapshot, (place) => placeOf(root, place)),
    })),
  );
  on(messages.decryptionRequest, async ({ uri }) => {
    const at = (await session).place(uri);
    if (at?.in.root.links !== true) return noRoot;
    const { snapshot } = at.in.root.workspace;
    if (snapshot === undefined) return notReady;
    const { generation } = snapshot;
    const file = snapshot.yaml(at.path);
    if (file === undefined) return refuse(generation, 'not-found', 'This file is not part of the repository.');
    const paths = describeDecryption(snapshot, file, (place) => placeOf(at.in, place));
    return { generation, available: true, paths };
  });
  on(messages.historyRequest, ({ root, question }) =>
    inRoot(root, async ({ generation }, { root: of }) => ({
      generation,
      available: true,
      said: await answerHistory(of, question),
    })),
  );
  on(messages.fileHistoryRequest, async ({ uri }) => {
    const at = (await session).place(uri);
    return at?.in.root.links === true ? describeRevisions(at.in.root, at.path) : noRoot;
  });
  on(messages.fileAtRequest, async ({ uri, revision, path }) => {
    const at = (await session).place(uri);
    return at?.in.root.links === true ? describeFileAt(at.in.root, at.path, revision, path) : noRoot;
  });
  on(messages.reachRequest, ({ root, uris }) =>
    inRoot(root, (snapshot, { root: of }) => ({
      generation: snapshot.generation,
      available: true,
      ...describeReach(
        snapshot,
        uris.flatMap((uri) => of.pathOf(uri) ?? []),
      ),
    })),
  );
  const later = <Question extends { readonly root: string }, Result>(
    request: messages.CustomRequest<Question, Answer<Result>>,
  ): void =>
    on(request, async ({ root }) => {
      const generation = (await session).rootOf(root)?.root.workspace.snapshot?.generation ?? 0;
      return refuse(generation, 'not-implemented', 'This version of the server cannot answer that yet.');
    });
  later(messages.effectRequest);
  later(messages.putClusterFactsRequest);
}
