// The VitePress theme with diagrams. It is copied next to the pages.
import DefaultTheme from 'vitepress/theme-without-fonts';
import { withBase } from 'vitepress';

let loading;

/** Draws the diagrams of a page. Most pages have none and load nothing. */
async function draw() {
  const diagrams = [...document.querySelectorAll('pre.mermaid:not([data-processed])')];
  if (diagrams.length === 0) return;
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = withBase('/mermaid.min.js');
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  await loading;
  const theme = document.documentElement.classList.contains('dark') ? 'dark' : 'default';
  globalThis.mermaid.initialize({ startOnLoad: false, theme });
  await globalThis.mermaid.run({ nodes: diagrams });
}

export default {
  extends: DefaultTheme,
  enhanceApp({ router }) {
    if (typeof document === 'undefined') return;
    router.onAfterRouteChange = () => void draw();
    addEventListener('load', () => void draw());
  }
};
