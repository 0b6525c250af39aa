import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, type Socket } from 'node:net';
import { watchedKinds } from '../../../client/kube/api/watched-kinds';
import { answerAccess, type Rights } from './access-answers';
import { type Answer, joined, ok, status } from './answers';
import { answerDiscovery } from './discovery-answers';
import { mergePatch } from './merge-patch';
import { covers, keyOf, matchesFields, type Resource, shown, type StoredObject } from './stored-object';

/** One request, as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly user: string;
}

interface Watcher {
  readonly resource: Resource;
  readonly namespace: string | undefined;
  readonly partial: boolean;
  readonly bookmarks: boolean;
  readonly selector: string;
  readonly response: ServerResponse;
}

interface Change {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: StoredObject;
}

const extra: readonly Resource[] = [
  { group: '', version: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true },
  { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true },
  { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false },
  { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true },
  { group: '', version: 'v1', kind: 'Event', plural: 'events', namespaced: true },
  { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', namespaced: true },
];

/** An API server that speaks discovery, list, watch, patch, delete and access reviews over what a test puts into it. */
export class ReplayedApiServer {
  resources: Resource[] = [
    ...watchedKinds.map(({ group, kind, plural, versions }): Resource => ({
      group,
      kind,
      plural,
      version: versions[0]?.name ?? 'v1',
      namespaced: true,
    })),
    ...extra,
  ];
  /** Aggregated discovery is served. */
  aggregated = true;
  /** token → user; empty: everybody is let in as `anyone`. */
  readonly users = new Map<string, string>();
  /** What a user may do. */
  allows: (user: string, verb: string, resource: Resource, namespace: string | undefined) => boolean = () => true;
  /** What a user may do with single objects; what `allows` says counts for all of them. */
  allowsName: (user: string, verb: string, resource: Resource, namespace: string, name: string) => boolean = () =>
    false;
  /** What a SelfSubjectRulesReview lists for a namespace, and whether that is all. */
  rulesOf: Rights['rulesOf'] = () => ({ rules: [] });
  /** Asked before anything else; an answer replaces the ordinary one. */
  intercept: (seen: Seen) => Answer | undefined = () => undefined;
  /** After each write: what a controller would do. */
  controller: (object: StoredObject) => StoredObject | undefined = () => undefined;
  /** By pod; what is set while somebody follows goes to him with {@link ReplayedApiServer.writeLog} only. */
  readonly logs = new Map<string, string>();
  readonly seen: Seen[] = [];
  readonly objects = new Map<string, StoredObject>();
  private readonly watchers = new Set<Watcher>();
  private readonly followers = new Map<string, Set<ServerResponse>>();
  private readonly changes: Change[] = [];
  private readonly snapshots = new Map<string, { version: number; rest: StoredObject[] }>();
  private version = 100;
  private compacted = 0;
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private asksClient = false;
  url = '';

  async start(tls?: { key: string; cert: string; clientCa?: string }): Promise<string> {
    const handle = (request: IncomingMessage, response: ServerResponse): void => void this.handle(request, response);
    this.asksClient = tls?.clientCa !== undefined;
    this.server = tls
      ? createHttps(
          {
            key: tls.key,
            cert: tls.cert,
            ...(tls.clientCa ? { requestCert: true, rejectUnauthorized: false, ca: tls.clientCa } : {}),
          },
          handle,
        )
      : createHttp(handle);
    this.server.keepAliveTimeout = 0;
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    const port = this.url === '' ? 0 : Number(new URL(this.url).port);
    await new Promise<void>((resolve) => this.server?.listen(port, '127.0.0.1', resolve));
    this.url = `http${tls ? 's' : ''}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this.url;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    // Also those in the middle of a handshake.
    for (const socket of this.sockets) socket.destroy();
    this.watchers.clear();
    await closed;
  }

  get openWatches(): number {
    return this.watchers.size;
  }

  put(object: StoredObject): StoredObject {
    const key = keyOf(object);
    const before = this.objects.get(key);
    const stored: StoredObject = {
      ...object,
      metadata: {
        generation: 1,
        uid: `uid-${key}`,
        managedFields: [{ manager: 'test', operation: 'Update', fieldsV1: { 'f:spec': {} } }],
        ...object.metadata,
        resourceVersion: String(++this.version),
      },
    };
    this.objects.set(key, stored);
    this.tell({ version: this.version, type: before === undefined ? 'ADDED' : 'MODIFIED', object: stored });
    return stored;
  }

  remove(object: StoredObject): void {
    const key = keyOf(object);
    const stored = this.objects.get(key);
    if (stored === undefined) return;
    this.objects.delete(key);
    const last = { ...stored, metadata: { ...stored.metadata, resourceVersion: String(++this.version) } };
    this.tell({ version: this.version, type: 'DELETED', object: last });
  }

  /** Forgets what came before: older versions and continuations are `410 Gone`. */
  compact(): void {
    this.compacted = this.version;
    this.changes.length = 0;
    this.snapshots.clear();
  }

  /** Its data are those of an earlier day, on which there was nothing. */
  putBack(): void {
    this.objects.clear();
    this.version = 50;
    this.compact();
    this.compacted = 0;
  }

  bookmark(): void {
    for (const watcher of this.watchers) {
      if (!watcher.bookmarks) continue;
      const { group, version, kind } = watcher.resource;
      const object = { kind, apiVersion: joined(group, version), metadata: { resourceVersion: String(this.version) } };
      watcher.response.write(`${JSON.stringify({ type: 'BOOKMARK', object })}\n`);
    }
  }

  /** Writes raw text into every open watch. */
  say(text: string): void {
    for (const { response } of this.watchers) response.write(text);
  }

  /** A pod writes to its log. */
  writeLog(pod: string, text: string): void {
    this.logs.set(pod, (this.logs.get(pod) ?? '') + text);
    for (const response of this.followers.get(pod) ?? []) response.write(text);
  }

  /** How many follow the log of a pod now. */
  followersOf(pod: string): number {
    return this.followers.get(pod)?.size ?? 0;
  }

  /** A pod ends, as when its controller is started anew. */
  endLog(pod: string): void {
    for (const response of this.followers.get(pod) ?? []) response.end();
  }

  /** `namespace/name@version` of everything of a kind, sorted: what a fresh list would hold. */
  fresh(kind: string): string[] {
    return [...this.objects.values()]
      .filter((object) => object.kind === kind)
      .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}@${metadata.resourceVersion ?? ''}`)
      .sort();
  }

  private tell(change: Change): void {
    this.changes.push(change);
    for (const watcher of this.watchers) this.send(watcher, change);
  }

  private send(watcher: Watcher, { type, object }: Change): void {
    if (!covers(watcher.resource, watcher.namespace, watcher.selector, object)) return;
    watcher.response.write(`${JSON.stringify({ type, object: shown(object, watcher.partial) })}\n`);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    let body = '';
    try {
      for await (const piece of request) body += String(piece);
    } catch {
      return;
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
    const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const isRefused = this.asksClient && 'authorized' in request.socket && request.socket.authorized !== true;
    const user = isRefused ? '' : this.users.size === 0 ? 'anyone' : (this.users.get(token) ?? '');
    const seen: Seen = {
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body,
      user,
    };
    this.seen.push(seen);
    const answer =
      this.intercept(seen) ?? (user === '' ? status(401, 'Unauthorized', 'Unauthorized') : this.answer(seen, response));
    if (answer === undefined) return;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  }

  /** @returns undefined when the response is a stream that stays open */
  private answer(seen: Seen, response: ServerResponse): Answer | undefined {
    const { path, method, query, headers } = seen;
    const accept = headers.accept ?? '';
    if (path === '/version') return ok({ gitVersion: 'v1.35.4' });
    const discovery = answerDiscovery(this.resources, path, accept, this.aggregated);
    if (discovery !== undefined) return discovery;
    const { resources, rulesOf } = this;
    const mayOne: Rights['mayOne'] = (...asked) => this.mayOne(...asked);
    const review = answerAccess({ resources, rulesOf, mayOne }, seen);
    if (review !== undefined) return review;
    const place =
      /^\/(?:api\/(?<core>[^/]+)|apis\/(?<group>[^/]+)\/(?<version>[^/]+))(?:\/namespaces\/(?<ns>[^/]+)(?=\/))?\/(?<plural>[^/]+)(?:\/(?<name>[^/]+))?(?:\/(?<sub>[^/]+))?$/.exec(
        path,
      )?.groups;
    const group = place?.['group'] ?? '';
    const resource = this.resources.find(
      (one) =>
        one.group === group &&
        one.version === (place?.['core'] ?? place?.['version']) &&
        one.plural === place?.['plural'],
    );
    if (place === undefined || resource === undefined)
      return status(404, 'NotFound', 'the server could not find the requested resource');
    const { name, sub } = place;
    const namespace = place['ns'];
    const isWatch = query.get('watch') === 'true';
    const verb =
      { GET: name === undefined ? (isWatch ? 'watch' : 'list') : 'get', PATCH: 'patch', DELETE: 'delete' }[method] ??
      method;
    if (!this.mayOne(seen.user, verb, resource, namespace, name ?? '')) {
      const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
      const what = `resource "${resource.plural}" in API group "${group}"`;
      return status(
        403,
        'Forbidden',
        `${resource.plural} is forbidden: User "${seen.user}" cannot ${verb} ${what} ${where}`,
      );
    }
    if (sub === 'log') return this.log(name ?? '', query.get('follow') === 'true', response);
    if (isWatch) return this.watch(resource, namespace, seen, response);
    if (name === undefined) return this.list(resource, namespace, seen);
    return this.one(resource, namespace, name, seen);
  }

  private mayOne(user: string, verb: string, resource: Resource, namespace: string | undefined, name: string): boolean {
    return (
      this.allows(user, verb, resource, namespace) ||
      (name !== '' && this.allowsName(user, verb, resource, namespace ?? '', name))
    );
  }

  private log(pod: string, isFollowed: boolean, response: ServerResponse): Answer | undefined {
    const body = this.logs.get(pod) ?? '';
    if (!isFollowed) return { status: 200, headers: { 'content-type': 'text/plain' }, body };
    const followers = this.followers.get(pod) ?? new Set();
    this.followers.set(pod, followers.add(response));
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.flushHeaders();
    if (body !== '') response.write(body);
    response.on('close', () => followers.delete(response));
    return undefined;
  }

  private watch(
    resource: Resource,
    namespace: string | undefined,
    { query, headers }: Seen,
    response: ServerResponse,
  ): Answer | undefined {
    const from = Number(query.get('resourceVersion'));
    if (from < this.compacted) return status(410, 'Expired', 'too old resource version');
    const watcher: Watcher = {
      resource,
      namespace,
      partial: (headers.accept ?? '').includes('as=PartialObjectMetadata'),
      bookmarks: query.get('allowWatchBookmarks') === 'true',
      selector: query.get('labelSelector') ?? '',
      response,
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    for (const change of this.changes) if (change.version > from) this.send(watcher, change);
    this.watchers.add(watcher);
    response.on('close', () => this.watchers.delete(watcher));
    return undefined;
  }

  private list(resource: Resource, namespace: string | undefined, { query, headers }: Seen): Answer {
    const limit = Number(query.get('limit') ?? '0') || Infinity;
    const token = query.get('continue');
    const partial = (headers.accept ?? '').includes('as=PartialObjectMetadataList');
    let snapshot = token === null ? undefined : this.snapshots.get(token);
    if (token !== null && snapshot === undefined)
      return status(410, 'Expired', 'The provided continue parameter is too old');
    const selector = query.get('labelSelector') ?? '';
    snapshot ??= {
      version: this.version,
      rest: [...this.objects.values()].filter(
        (object) => covers(resource, namespace, selector, object) && matchesFields(object, query.get('fieldSelector')),
      ),
    };
    const page = snapshot.rest.slice(0, limit);
    const rest = snapshot.rest.slice(page.length);
    const next = rest.length === 0 ? undefined : `token-${this.snapshots.size}-${snapshot.version}`;
    if (next !== undefined) this.snapshots.set(next, { version: snapshot.version, rest });
    // Items of a list carry no kind.
    const items = page.map((object) => ({ ...shown(object, partial), kind: undefined, apiVersion: undefined }));
    return ok({
      kind: `${resource.kind}List`,
      apiVersion: joined(resource.group, resource.version),
      metadata: { resourceVersion: String(snapshot.version), ...(next === undefined ? {} : { continue: next }) },
      items,
    });
  }

  private one(resource: Resource, namespace: string | undefined, name: string, seen: Seen): Answer {
    const { method, query, headers, body } = seen;
    const key = `${resource.group}/${resource.kind}/${namespace ?? ''}/${decodeURIComponent(name)}`;
    const object = this.objects.get(key);
    const isApply = headers['content-type'] === 'application/apply-patch+yaml';
    if (object === undefined && !isApply) return status(404, 'NotFound', `${resource.plural} "${name}" not found`);
    const partial = (headers.accept ?? '').includes('as=PartialObjectMetadata');
    if (method === 'GET' && object !== undefined) return ok(shown(object, partial));
    if (method === 'DELETE' && object !== undefined) {
      const options = JSON.parse(body) as { preconditions?: { uid?: string } };
      const wanted = options.preconditions?.uid;
      if (wanted !== undefined && wanted !== object.metadata.uid)
        return status(409, 'Conflict', 'the UID in the precondition differs');
      if (query.get('dryRun') !== 'All') this.remove(object);
      return ok({ kind: 'Status', status: 'Success' });
    }
    if (method !== 'PATCH') return status(405, 'MethodNotAllowed', 'no');
    const merged = mergePatch(object ?? {}, JSON.parse(body)) as StoredObject;
    if (query.get('dryRun') === 'All') return ok(merged);
    const isSpecChanged = JSON.stringify(merged['spec']) !== JSON.stringify(object?.['spec']);
    const generation = (object?.metadata.generation ?? 0) + (isSpecChanged ? 1 : 0);
    const stored = this.put({ ...merged, metadata: { ...merged.metadata, generation } });
    const next = this.controller(stored);
    if (next !== undefined) this.put(next);
    return ok(shown(stored, partial));
  }
}
