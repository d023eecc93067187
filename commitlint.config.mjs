import { plugin, rules } from './tools/lint/commit-message.policy.mjs';

/** What `npm run check` asks of the commits since main; CONTRIBUTING.md names the rules. */
export default {
  plugins: [plugin],
  parserPreset: {
    parserOpts: { headerPattern: /^(\w*)(?:\(([^)]*)\))?!?: (.*)$/, headerCorrespondence: ['type', 'scope', 'subject'] }
  },
  // Merges and reverts are written by git.
  ignores: [message => /^(Merge|Revert) /.test(message)],
  defaultIgnores: false,
  rules
};
