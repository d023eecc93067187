// @ts-check
import { resolve } from 'node:path';
import { examine } from './finding.policy.mjs';
import { INSTALLATION_CHECKS } from './installation.checks.mjs';
import { LOCAL_CHECKS } from './local.checks.mjs';
import { NATS_CHECKS } from './nats.checks.mjs';
import { REACH_CHECKS } from './reach.checks.mjs';
import { composeReport, writeReport } from './report.writer.mjs';

/** @typedef {import('../terminal/progress.mjs').Progress} Progress */
/** @typedef {import('./finding.policy.mjs').Finding} Finding */
/** @typedef {import('./surroundings.reader.mjs').Surroundings} Surroundings */

export const CHECKS = [...LOCAL_CHECKS, ...NATS_CHECKS, ...REACH_CHECKS, ...INSTALLATION_CHECKS];

/**
 * Examines an installation and prints each finding with a remedy. It changes nothing.
 * @param {Surroundings} surroundings
 * @param {{ progress: Progress, report: string | null }} options `report`: the path of the redacted report bundle
 * @returns {Promise<boolean>} whether no check failed
 */
export async function runDoctor(surroundings, { progress, report }) {
  const width = Math.max(...CHECKS.map(({ title }) => title.length));
  const findings = await examine(CHECKS, surroundings, ({ title }) => {
    const step = progress.step(title);
    return finding => show(step, `${title.padEnd(width)}  ${indent(finding.detail, width + 4)}`, finding, progress);
  });
  const count = (/** @type {string} */ state) => [...findings.values()].filter(finding => finding.state === state).length;
  progress.line(
    `\n${count('ok')} ok, ${count('warning')} warning${count('warning') === 1 ? '' : 's'}, ${count('failed')} failed, ${count('skipped')} skipped`
  );
  if (report !== null) {
    writeReport(await composeReport(surroundings, findings), resolve(report));
    progress.line(
      `The report is in ${report}. It contains no phone numbers, names, texts, tokens or addresses; look through it before you attach it.`
    );
  }
  return count('failed') === 0;
}

/**
 * @param {import('../terminal/progress.mjs').Step} step
 * @param {string} text
 * @param {Finding} finding
 * @param {Progress} progress
 */
function show(step, text, { state, remedy }, progress) {
  if (state === 'ok') step.done(text);
  else if (state === 'failed') step.fail(text);
  else if (state === 'warning') step.warn(text);
  else step.skip(text);
  if (remedy !== undefined) progress.line(`    → ${remedy}`);
}

/** @param {string} text @param {number} columns */
function indent(text, columns) {
  return text.replaceAll('\n', `\n${' '.repeat(columns)}`);
}
