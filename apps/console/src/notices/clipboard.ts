/** Copies a text. Resolves with `false` if the browser does not permit it. */
export async function copyToClipboard(text: string): Promise<boolean> {
  // Browsers offer the clipboard API only over https and on localhost, but an edge may serve plain http.
  if (!('clipboard' in navigator)) return copySelected(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** Copies like Ctrl+C, which every page may do after a click. */
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
