// @ts-check
// The configuration of VitePress. It is copied next to the pages, which are outside the repository; the settings that depend on the pages are
// in the JSON file next to it.
import { readFileSync } from 'node:fs';

/** @type {{ base: string, outDir: string, version: string, menu: object[], anchors: string }} */
const { base, outDir, version, menu, anchors } = JSON.parse(readFileSync(new URL('site.json', import.meta.url), 'utf8'));
const { anchorOf } = await import(anchors);

const references = {
  text: 'References',
  items: [
    { text: 'HTTP (OpenAPI)', link: '/openapi/', target: '_self' },
    { text: 'Socket.IO and NATS (AsyncAPI)', link: '/asyncapi' },
    { text: 'SDK', link: '/sdk/', target: '_self' }
  ]
};

export default {
  title: 'Wabus',
  description: 'WhatsApp accounts as an event bus',
  lang: 'en',
  base,
  outDir,
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}icon.svg` }]],
  cleanUrls: false,
  metaChunk: true,
  appearance: true,
  // Pages that VitePress does not generate. The check of the built pages covers links to them.
  ignoreDeadLinks: [/^\/(openapi|sdk)\//, /asyncapi\.json$/],
  markdown: {
    html: false,
    anchor: { slugify: anchorOf },
    config: (/** @type {any} */ md) => {
      const fence = md.renderer.rules.fence;
      md.renderer.rules.fence = (/** @type {any[]} */ ...args) => {
        const { info, content } = args[0][args[1]];
        // The page's own script draws the diagram; without scripts, the source is readable.
        return info.trim() === 'mermaid-diagram' ? `<pre class="mermaid" v-pre>${md.utils.escapeHtml(content)}</pre>` : fence(...args);
      };
    }
  },
  themeConfig: {
    nav: [{ text: `Version ${version}`, link: '/CHANGELOG' }],
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    sidebar: [references, ...menu].map(group => ({ ...group, collapsed: true }))
  }
};
