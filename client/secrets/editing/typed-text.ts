import { type OpenComment, type OpenValue } from '../values/decrypt-tree';
import { type PlainType, type PlainValue, readPlain, textOf, textValue } from '../values/plain-value';

/** Strict UTF-8; undefined for other bytes. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * A value or comment as people read and type it; undefined for bytes that are no text.
 * @param isBase64 what is shown is what the base64 stands for
 */
export function shownText(content: OpenValue | OpenComment, isBase64: boolean): string | undefined {
  if ('text' in content) return content.text;
  const { value } = content;
  if (value.type === 'bool') return textOf(value).toLowerCase();
  const text = utf8(value.bytes);
  return isBase64 && text !== undefined ? decodedText(text) : text;
}

/** What base64 stands for; undefined where that is no text, or the text is no base64. */
function decodedText(text: string): string | undefined {
  const compact = text.replace(/\s+/g, '');
  const bytes = Buffer.from(compact, 'base64');
  return bytes.toString('base64') === compact ? utf8(bytes) : undefined;
}

/** What was typed as a value of a type; undefined where it is none. */
export function typedValue(type: PlainType, text: string, isBase64: boolean): PlainValue | undefined {
  if (isBase64) return textValue(Buffer.from(text, 'utf8').toString('base64'));
  if (type === 'str') return textValue(text);
  return readPlain(type, Buffer.from(type === 'bytes' ? text : text.trim(), 'utf8'));
}
