import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const WHY = 'A client that reconnects needs it to resume.';

/** Returns commitlint's output for a message, with the configuration of the repository; empty if the message passes. */
function lint(message) {
  try {
    execFileSync(process.execPath, ['node_modules/@commitlint/cli/cli.js'], { cwd: root, input: message, encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return `${error.stdout}${error.stderr}`;
  }
}

describe('the rules for commit messages', () => {
  for (const [rule, message] of [
    ['header-max-length', `feat(edge): ${'resume '.repeat(12)}\n\n${WHY}\n`],
    ['type-empty', `resume webhooks after a restart\n\n${WHY}\n`],
    ['type-enum', `wip: resume webhooks\n\n${WHY}\n`],
    ['subject-empty', `feat(edge):\n\n${WHY}\n`],
    ['subject-full-stop', `feat(edge): resume webhooks.\n\n${WHY}\n`],
    ['one-topic', `feat(edge): resume webhooks; count attempts\n\n${WHY}\n`],
    ['one-topic', `feat(edge): resume webhooks and fix the counter\n\n${WHY}\n`],
    ['body-says-why', 'feat(edge): resume webhooks\n'],
    ['body-says-why', 'feat(edge): resume webhooks\n\nAs asked.\n'],
    ['body-max-line-length', `feat(edge): resume webhooks\n\n${`${WHY} `.repeat(4)}\n`]
  ])
    it(`refuse by ${rule}: ${JSON.stringify(message.slice(0, 40))}`, () => assert.match(lint(message), new RegExp(`\\[${rule}\\]`)));

  for (const message of [
    `feat(edge): resume webhooks after a restart\n\n${WHY}\n`,
    `test(e2e): requests do not share connections\n\n${WHY}\n`,
    `fix: send and receive in order\n\n${WHY}\nSecond line.\n`,
    `refactor(read-models)!: one lease for connector and edge\n\n${WHY}\n`,
    "Merge branch 'topic' into main\n",
    'Revert "feat(edge): resume webhooks"\n\nThis reverts commit 39e7760.\n'
  ])
    it(`let pass: ${message.split('\n')[0].slice(0, 40)}`, () => assert.equal(lint(message), ''));
});
