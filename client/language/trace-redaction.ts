/** Text of an open document, undefined when none is open at this URI. */
export type TextOf = (uri: string) => string | undefined;

// In a document, and in the same text quoted inside JSON where line ends are two characters.
const secretText = /(?:^|\n|\\n|["{,])[ \t-]*\\?["']?(?:sops\\?["']?:|kind\\?["']?:[ \t]*\\?["']?Secret\b)/;
const leftOut = '(content left out: it may hold a secret)';
// Its answer is a file of any format, in which nothing tells what it is.
const fileRequest = /"fluxwright\/fileAt"|'fluxwright\/fileAt - /;
const exchange = /^(Sending|Received) (request|response) '.* - \((\S+)\)'/;

/** True for the text of a document whose content must not reach a log: encrypted, or a Kubernetes Secret. */
export function holdsSecret(text: string): boolean {
  return secretText.test(text);
}

/**
 * Makes the filter that every line of the protocol trace passes: methods, ids and times stay, the content of messages
 * about documents with secrets goes. A document stays secret for the session, since one edit can remove the words that
 * mark it; the answer to a request about it goes too, because answers do not name the document.
 */
export function createTraceRedaction(textOf: TextOf): (line: string) => string {
  const secretUris = new Set<string>();
  const secretRequests = new Set<string>();

  function isSecret(body: string): boolean {
    if (secretText.test(body)) {
      for (const uri of urisIn(body)) secretUris.add(uri);
      return true;
    }
    return urisIn(body).some((uri) => {
      const text = textOf(uri);
      if (text !== undefined && holdsSecret(text)) secretUris.add(uri);
      return secretUris.has(uri);
    });
  }

  return (line) => {
    const json = line.startsWith('{');
    const end = line.indexOf('\n');
    const [head, body] = json ? ['', line] : end < 0 ? [line, ''] : [line.slice(0, end), line.slice(end + 1)];
    const [, direction, role, id] = (json ? jsonExchange(line) : exchange.exec(head)) ?? [];
    // Both sides number their requests on their own.
    const asked = role === 'request' ? direction : direction === 'Sending' ? 'Received' : 'Sending';
    const key = id === undefined ? '' : `${asked ?? ''} ${id}`;
    const isAboutFile = fileRequest.test(json ? line : head);
    const secret = isSecret(body) || isAboutFile || (role === 'response' && secretRequests.has(key));
    if (role === 'request' && secret) secretRequests.add(key);
    if (role === 'response') secretRequests.delete(key);
    if (!secret) return line;
    return json ? leftOut : `${head}\n${leftOut}`;
  };
}

/**
 * The same channel with the filter before its trace level, the only one that messages are written to. The channel
 * itself is left alone: it is frozen, and the rest of the extension writes to it.
 */
export function withRedactedTrace<Channel extends { trace(message: string): void }>(
  channel: Channel,
  textOf: TextOf,
): Channel {
  const redact = createTraceRedaction(textOf);
  const trace = (message: string): void => {
    channel.trace(redact(message));
  };
  return Object.create(channel, { trace: { value: trace } }) as Channel;
}

function urisIn(body: string): string[] {
  return [...body.matchAll(/"([a-z][a-z0-9+.-]*:[^"\\\s]*)"/g)].map(([, uri]) => uri ?? '');
}

function jsonExchange(line: string): readonly (string | undefined)[] | undefined {
  const type = /"type":"(send|receive)-(request|response)"/.exec(line);
  const id = /"id":"?([^",}]+)/.exec(line);
  if (type === null || id === null) return undefined;
  return [line, type[1] === 'send' ? 'Sending' : 'Received', type[2], id[1]];
}
