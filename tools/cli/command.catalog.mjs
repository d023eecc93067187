// @ts-check
// The commands of `wabus`, which are declared only here: the usage, the completion of names and the module to run are derived from this table.

/**
 * @typedef {object} CliCommand
 * @property {string} usage the arguments as shown in the help
 * @property {string} meaning
 * @property {boolean} [needsBuild] whether Wabus must be installed and built before the command runs
 * @property {boolean} [ofRepository] whether it needs the sources, so that the package `wabus` does not contain it
 * @property {string} module exports `run(args)`, or runs when it is loaded, with its arguments in `process.argv`
 */

/** @type {Readonly<Record<string, CliCommand>>} */
export const CLI_COMMANDS = {
  start: { usage: '[options]', meaning: 'run everything on this machine', ofRepository: true, module: '../start.mjs' },
  demo: { usage: '[options]', meaning: 'the same against a simulated WhatsApp', ofRepository: true, module: '../start.mjs' },
  doctor: { usage: '[--report FILE]', meaning: 'examine an installation and suggest remedies', module: './doctor.command.mjs' },
  tail: { usage: '[SESSION] [--events PATTERNS]', meaning: 'print events as they arrive', needsBuild: true, module: './tail.command.mjs' },
  send: { usage: 'SESSION TO TEXT', meaning: 'send a text or a file', module: './send.command.mjs' },
  import: { usage: 'SESSION --from SOURCE …', meaning: 'import a linked device from another gateway', module: '../import.mjs' },
  export: { usage: 'SESSION --to FILE', meaning: 'export a stopped session to a file', module: './export.command.mjs' },
  backup: { usage: '--to FOLDER', meaning: 'back up all streams and buckets while Wabus is running', module: './backup.command.mjs' },
  restore: { usage: '--from FOLDER', meaning: 'restore a backup into an empty NATS', module: './restore.command.mjs' }
};

/** Returns the help text with all commands. */
export function overview() {
  const rows = Object.entries(CLI_COMMANDS).map(([name, { usage, meaning }]) => [`wabus ${name} ${usage}`, meaning]);
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return [
    ...rows.map(([left = '', meaning]) => `${left.padEnd(width)}   ${meaning}`),
    '',
    '`wabus COMMAND --help` explains the options of a command. `wabus --version` prints the release.'
  ].join('\n');
}
