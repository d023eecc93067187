import {
  stanzaBytes,
  child,
  children,
  cloneStanza,
  element,
  integerOf,
  MalformedStanzaError,
  requiredBytes,
  requiredChild,
  stanzaText
} from './stanza.js';
import { stanzaFromJson, stanzaToJson } from './stanza-json.codec.js';

const stanza = element('message', { id: 'a', count: 3, missing: undefined }, [
  element('enc', { v: '2' }, Buffer.from([1, 2, 255])),
  element('enc', { v: '3' }),
  element('body', {}, 'text')
]);

describe('stanzas', () => {
  it('omit absent attributes and write numbers as text', () => {
    expect(stanza.attrs).toEqual({ id: 'a', count: '3' });
  });

  it('are read by tag', () => {
    expect(children(stanza, 'enc')).toHaveLength(2);
    expect(child(stanza)?.tag).toBe('enc');
    expect(children(child(stanza, 'body'))).toEqual([]);
    expect(stanzaBytes(child(stanza, 'enc'))).toEqual(Buffer.from([1, 2, 255]));
    expect(stanzaText(child(stanza, 'body'))).toBe('text');
    expect(stanzaBytes(stanza)).toBeUndefined();
  });

  it('report what is missing', () => {
    expect(() => requiredChild(stanza, 'skey')).toThrow(MalformedStanzaError);
    expect(() => requiredBytes(stanza)).toThrow(MalformedStanzaError);
    expect(() => integerOf(Buffer.alloc(0))).toThrow(MalformedStanzaError);
    expect(integerOf(Buffer.from([1, 0, 0]))).toBe(65_536);
  });

  it('share nothing with their copies', () => {
    const copy = cloneStanza(stanza);
    expect(copy).toEqual(stanza);
    const [first] = children(copy);
    if (first) first.attrs['v'] = '9';
    expect(child(stanza)?.attrs['v']).toBe('2');
  });

  it('survive JSON', () => {
    expect(stanzaFromJson(JSON.parse(JSON.stringify(stanzaToJson(stanza))))).toEqual(stanza);
  });

  it.each([
    null,
    7,
    'x',
    [],
    {},
    { tag: '' },
    { tag: 'x', attrs: [] },
    { tag: 'x', attrs: { a: 1 } },
    { tag: 'x', content: {} },
    { tag: 'x', content: [7] }
  ])('are not created from %j', json => {
    expect(() => stanzaFromJson(json)).toThrow(MalformedStanzaError);
  });

  it('are not made of endlessly nested JSON', () => {
    const deep = JSON.parse(`${'{"tag":"x","content":['.repeat(1000)}{"tag":"x"}${']}'.repeat(1000)}`) as unknown;
    expect(() => stanzaFromJson(deep)).toThrow(/nested too deeply/);
  });
});
