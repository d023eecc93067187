// @ts-check

const WIDTH = 150;

/**
 * Wraps a text to lines of at most 150 characters, with an indent on each line after the first.
 * @param {string} text
 * @param {string} [indent]
 */
export function wrapped(text, indent = '') {
  /** @type {string[]} */
  const lines = [];
  let line = '';
  for (const word of text.replace(/\s+/g, ' ').trim().split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/**
 * Returns the list item of a field: name, type, whether it is required, meaning.
 * @param {{ name: string, facts: string, meaning: string }} field
 */
export function fieldItem({ name, facts, meaning }) {
  return wrapped(`- \`${name}\` (${facts})${meaning === '' ? '' : `: ${meaning}`}`, '  ');
}

/** @param {string[]} head @param {string[][]} rows */
export function table(head, rows) {
  /** @param {string[]} cells */
  const line = cells => `| ${cells.map(text => text.replace(/\|/g, '\\|').replace(/</g, '&lt;').replace(/\s+/g, ' ')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

/** Returns a fenced code block. @param {string} language @param {string} text */
export function fence(language, text) {
  return `\`\`\`${language}\n${text}\n\`\`\`\n`;
}

/** Returns the anchor that GitHub generates for a heading. @param {string} heading */
export function anchor(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
