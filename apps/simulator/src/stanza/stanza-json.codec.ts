import type { StanzaJson } from '@wabus/testing';
import { element, MalformedStanzaError, type Stanza } from './stanza.js';

const MAX_DEPTH = 64;

/** Parses a stanza from JSON: bytes as `{base64}`. Throws {@link MalformedStanzaError} on anything but a {@link StanzaJson}. */
export function stanzaFromJson(json: unknown, depth = 0): Stanza {
  if (depth > MAX_DEPTH) throw new MalformedStanzaError('a stanza that is nested too deeply');
  if (!isRecord(json) || typeof json['tag'] !== 'string' || json['tag'] === '') throw new MalformedStanzaError('a stanza needs a tag');
  const attrs = json['attrs'] ?? {};
  if (!isRecord(attrs) || Object.values(attrs).some(value => typeof value !== 'string')) {
    throw new MalformedStanzaError('the attributes of a stanza are an object of strings');
  }
  return element(json['tag'], attrs as Record<string, string>, contentFromJson(json['content'], depth));
}

/** Converts a stanza to JSON. */
export function stanzaToJson({ tag, attrs, content }: Stanza): StanzaJson {
  if (content === undefined) return { tag, attrs };
  if (typeof content === 'string') return { tag, attrs, content };
  if (Array.isArray(content)) return { tag, attrs, content: content.map(stanzaToJson) };
  return { tag, attrs, content: { base64: Buffer.from(content).toString('base64') } };
}

function contentFromJson(content: unknown, depth: number): Stanza['content'] {
  if (content === undefined || content === null) return undefined;
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(each => stanzaFromJson(each, depth + 1));
  if (isRecord(content) && typeof content['base64'] === 'string') return Buffer.from(content['base64'], 'base64');
  throw new MalformedStanzaError('the content of a stanza is text, {base64} or a list of stanzas');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
