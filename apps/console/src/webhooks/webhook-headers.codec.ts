/** Parses request headers that a user typed, one `Name: value` per line. */
export function parseHeaders(text: string): { headers: Record<string, string>; wrong: string[] } {
  const headers: Record<string, string> = {};
  const wrong: string[] = [];
  for (const line of text.split('\n').filter(one => one.trim() !== '')) {
    const [, name, value] = /^\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) wrong.push(line.trim());
    else headers[name] = value;
  }
  return { headers, wrong };
}

/** Returns a secret of 24 random bytes in the form that Standard Webhooks defines. */
export function randomSecret(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))}`;
}
