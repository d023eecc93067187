/** Copies a text; `false` if the browser does not permit it. */
export async function copyToClipboard(text: string): Promise<boolean> {
  // Browsers have a clipboard for pages only over https and on localhost. An edge may serve plain http.
  if (!('clipboard' in navigator)) return copySelected(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** Copies as Ctrl+C does, which every page may after a click. */
function copySelected(text: string): boolean {
  const shown = document.createElement('span');
  shown.textContent = text;
  shown.setAttribute('aria-hidden', 'true');
  shown.style.cssText = 'position: fixed; top: 0; opacity: 0; white-space: pre; user-select: text;';
  document.body.append(shown);
  const selection = getSelection();
  try {
    selection?.selectAllChildren(shown);
    return document.execCommand('copy');
  } finally {
    selection?.removeAllRanges();
    shown.remove();
  }
}
