// @ts-check
import { failureOf, findOnPath, runCommand } from '../process/command.runner.mjs';

/**
 * Makes sure that a Docker engine is running and has an image, which is pulled if it is missing.
 * @param {string} image
 * @param {(detail: string) => void} report
 * @returns {Promise<void>}
 * @throws {Error} in one line: docker is not installed, no engine is running, or the image does not exist
 */
export async function requireImage(image, report) {
  if (!findOnPath('docker')) throw new Error('docker is not installed');
  const engine = await runCommand('docker', ['version', '--format', '{{.Server.Version}}'], { timeoutMs: 5_000 });
  if (engine.code !== 0) throw new Error(`the Docker engine does not answer: ${failureOf(engine)}`);
  const present = await runCommand('docker', ['image', 'inspect', image], { timeoutMs: 10_000 });
  if (present.code === 0) return;
  report(`pulling ${image}`);
  const pulled = await runCommand('docker', ['pull', '--quiet', image], { timeoutMs: 180_000 });
  if (pulled.code !== 0) throw new Error(`cannot pull ${image}: ${failureOf(pulled)}`);
}
