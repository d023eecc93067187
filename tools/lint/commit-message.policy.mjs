// @ts-check

const TYPES = ['build', 'chore', 'ci', 'docs', 'feat', 'fix', 'perf', 'refactor', 'revert', 'style', 'test'];
/** Verbs that start a second topic after `and`: "rename the store and fix the gateway". */
const SECOND_TOPIC = /\band (?:also|then|add|adds|fix|fixes|remove|removes|rename|renames|move|moves|update|updates|drop|drops)\b/i;

/** @typedef {{ subject: string | null, body: string | null }} Message */

/** Our own rules for commitlint. */
export const plugin = {
  rules: {
    /** @param {Message} message @returns {[boolean, string]} */
    'one-topic': ({ subject }) => [
      subject === null || !(subject.includes(';') || SECOND_TOPIC.test(subject)),
      'the subject joins two topics: make two commits'
    ],
    /** @param {Message} message @returns {[boolean, string]} */
    'body-says-why': ({ subject, body }) => {
      const words = (body ?? '').split(/\s+/).filter(Boolean).length;
      return [words >= 4 && (body ?? '').trim() !== (subject ?? '').trim(), 'the body must say why, in one to three lines'];
    }
  }
};

/** @type {Record<string, [number, 'always' | 'never', unknown?]>} */
export const rules = {
  'header-max-length': [2, 'always', 72],
  'type-enum': [2, 'always', TYPES],
  'type-empty': [2, 'never'],
  'type-case': [2, 'always', 'lower-case'],
  'subject-empty': [2, 'never'],
  'subject-full-stop': [2, 'never', '.'],
  'scope-case': [2, 'always', 'lower-case'],
  'body-leading-blank': [2, 'always'],
  'body-max-line-length': [2, 'always', 100],
  'one-topic': [2, 'always'],
  'body-says-why': [2, 'always']
};
