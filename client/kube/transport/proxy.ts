import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * The proxy of the environment for a server, by the rules of Go (golang.org/x/net/http/httpproxy), which kubectl follows
 * where a cluster has no `proxy-url`; the npm client looks at `proxy-url` alone. Never one for this machine itself.
 */
export function proxyFor(server: string, variables: Readonly<Record<string, string | undefined>>): string | undefined {
  const of = (name: string): string => variables[name] || variables[name.toLowerCase()] || '';
  const { protocol, hostname, port } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host === '::1' || /^127\./.test(host)) return undefined;
  const proxy = protocol === 'https:' ? of('HTTPS_PROXY') : of('HTTP_PROXY');
  if (proxy === '') return undefined;
  const ownPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  const excepted = of('NO_PROXY')
    .split(',')
    .some((rule) => excepts(rule.trim().toLowerCase(), host, ownPort));
  if (excepted) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function excepts(rule: string, host: string, port: string): boolean {
  if (rule === '') return false;
  if (rule === '*') return true;
  const [, base = '', bits = ''] = /^([\da-f.:]+)\/(\d{1,3})$/.exec(rule) ?? [];
  if (isIP(base) !== 0) return isIP(host) !== 0 && isInside(host, base, Number(bits));
  // An IPv6 address is full of colons: only in brackets is one followed by a port.
  const [, bracketed = '', plain = '', rulePort = port] =
    isIP(rule) === 0 ? (/^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(rule) ?? []) : ['', rule];
  if (rulePort !== port) return false;
  const name = (bracketed || plain).replace(/^\*(?=\.)/, '');
  if (name === '') return false;
  if (isIP(name) !== 0) return isIP(host) !== 0 && isInside(host, name, isIPv4(name) ? 32 : 128);
  if (name.startsWith('.')) return host.endsWith(name);
  return host === name || host.endsWith(`.${name}`);
}

function isInside(host: string, base: string, bits: number): boolean {
  const family = isIPv4(base) ? 'ipv4' : 'ipv6';
  if (bits > (family === 'ipv4' ? 32 : 128)) return false;
  const range = new BlockList();
  range.addSubnet(base, bits, family);
  return range.check(host, isIPv4(host) ? 'ipv4' : 'ipv6');
}
