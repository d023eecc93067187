// @ts-check
import { posix } from 'node:path';

/**
 * Moves inline scripts, which a strict Content-Security-Policy refuses, out of a page.
 * @param {string} html
 * @param {(code: string) => string} addressOf returns the URL of a file with this script
 */
export function withoutInlineScripts(html, addressOf) {
  return html.replace(/<script((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>((?:(?!<\/script>)[\s\S])+)<\/script>/g, (whole, attributes, code) => {
    if (/\ssrc=|type="application\/(ld\+)?json"/.test(attributes)) return whole;
    return `<script${attributes} src="${addressOf(code)}"></script>`;
  });
}

/** @param {string} text */
const unescaped = text => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&#x26;', '&');

/** Returns the references in a page, and the ids to which others can refer. @param {string} html */
export function referencesOf(html) {
  const markup = html.replace(/<script[^>]*>[\s\S]*?<\/script>/g, script => script.slice(0, script.indexOf('>') + 1));
  const values = (/** @type {RegExp} */ pattern) => [...markup.matchAll(pattern)].map(([, value = '']) => unescaped(value));
  return {
    links: values(/<[a-z][^>]*?\s(?:href|src)="([^"]*)"/g),
    ids: new Set(values(/<[a-z][^>]*?\s(?:id|name)="([^"]*)"/g))
  };
}

/**
 * Returns the broken references inside the site.
 * @param {ReadonlyMap<string, string | null>} files the files of the site by path, with the text of pages
 * @param {string} base such as `/` or `/wabus/`
 */
export function deadLinks(files, base) {
  const pages = new Map([...files].flatMap(([path, html]) => (html === null ? [] : [[path, referencesOf(html)]])));
  return [...pages].flatMap(([path, { links }]) =>
    links.flatMap(link => {
      if (/^([a-z][a-z+.-]*:|\/\/)/i.test(link)) return [];
      const { pathname, hash } = new URL(link, `http://site${base}${path}`);
      const inside = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : null;
      const found = inside === null ? undefined : [inside, `${inside}.html`, posix.join(inside, 'index.html')].find(one => files.has(one));
      if (found === undefined) return [`${path}: ${link} leads nowhere`];
      const id = decodeURIComponent(hash.slice(1));
      const target = pages.get(found);
      return id === '' || target === undefined || target.ids.has(id) ? [] : [`${path}: ${link} has no such heading`];
    })
  );
}
