import { fail } from '../failure';
import { type KubePorts } from '../ports';
import { type Credentials, type Login } from './credentials';

// client-go (transport/token_source.go) reads the file again every minute, a little early.
const keep = 50_000;

/**
 * A bearer token in a file that something renews. The file wins over `token` as long as it can be read
 * (client-go transport/token_source.go).
 */
export function createTokenFile(
  context: string,
  file: string,
  token: string | undefined,
  { files, clock }: Pick<KubePorts, 'files' | 'clock'>,
): Login {
  let kept: { readonly text: string; readonly until: number } | undefined;
  const read = async (): Promise<string> => {
    if (kept !== undefined && clock.now() < kept.until) return kept.text;
    const found = await files.read(file);
    const text = found.kind === 'text' ? found.text.trim() : '';
    const last = text === '' ? (kept?.text ?? token) : text;
    if (last === undefined)
      fail('misconfigured', `Context ${context} cannot be used: its token file ${file} holds no token.`);
    kept = { text: last, until: clock.now() + keep };
    return last;
  };
  return {
    async credentials(): Promise<Credentials> {
      const text = await read();
      return { headers: { authorization: `Bearer ${text}` }, secrets: [text] };
    },
    forget() {
      kept = undefined;
      return true;
    },
  };
}
