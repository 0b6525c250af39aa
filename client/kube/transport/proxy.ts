import { isIP } from 'node:net';

/**
 * The proxy of the environment for a server, by the rules of Go (golang.org/x/net/http/httpproxy), which kubectl follows
 * where a cluster has no `proxy-url`; the npm client looks at `proxy-url` alone. Never one for this machine itself.
 */
export function proxyFor(server: string, variables: Readonly<Record<string, string | undefined>>): string | undefined {
  const of = (name: string): string => variables[name] ?? variables[name.toLowerCase()] ?? '';
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
  if (/^[\d.]+\/\d+$/.test(rule)) return isIP(host) === 4 && inRange(rule, host);
  const [, name = '', rulePort] = /^(.*?)(?::(\d+))?$/.exec(rule) ?? [];
  if (rulePort !== undefined && rulePort !== port) return false;
  const suffix = name.replace(/^\*/, '');
  if (suffix.startsWith('.')) return host.endsWith(suffix);
  return host === suffix || (isIP(suffix) === 0 && host.endsWith(`.${suffix}`));
}

function inRange(rule: string, host: string): boolean {
  const [base = '', bits = '32'] = rule.split('/');
  const number = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(base) / size) === Math.floor(number(host) / size);
}
