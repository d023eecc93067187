// @ts-check
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf, runCommand } from '../process/command.runner.mjs';
import { inspectBinary, keepInCache } from './binary.inspection.mjs';

/** How long a server may take to start its response: short, because networks may be closed. */
const CONNECT_LIMIT_MS = 8_000;
/** How long the whole download may take. */
const DOWNLOAD_LIMIT_MS = 180_000;

/**
 * Downloads a release archive, refuses it unless its checksum matches the pinned one, and stores its binary in the cache.
 * @param {{ url: string, folder: string, sha256: string }} archive
 * @param {string} cache
 * @returns {Promise<{ path: string, version: string }>}
 * @throws {Error} in one line: no network, no such file, checksum mismatch, or the binary does not run
 */
export async function downloadRelease(archive, cache) {
  const bytes = await fetchBytes(archive.url);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== archive.sha256) throw new Error(`checksum mismatch of ${archive.url}: expected ${archive.sha256}, got ${sha256}; refused`);
  const folder = mkdtempSync(join(tmpdir(), 'wabus-release-'));
  try {
    const file = join(folder, 'archive.tar.gz');
    writeFileSync(file, bytes);
    const unpacked = await runCommand('tar', ['-xzf', file, '-C', folder], { timeoutMs: 60_000 });
    if (unpacked.code !== 0) throw new Error(`cannot unpack ${archive.url}: ${failureOf(unpacked)}`);
    const binary = join(folder, archive.folder, 'nats-server');
    const inspection = await inspectBinary(binary);
    if (!inspection.usable) throw new Error(inspection.reason);
    return { path: keepInCache(binary, inspection.version, cache), version: inspection.version };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} url */
async function fetchBytes(url) {
  const abort = new AbortController();
  const connectTimer = setTimeout(() => abort.abort(new Error(`no answer within ${CONNECT_LIMIT_MS / 1000} s`)), CONNECT_LIMIT_MS);
  const totalTimer = setTimeout(() => abort.abort(new Error(`not complete within ${DOWNLOAD_LIMIT_MS / 1000} s`)), DOWNLOAD_LIMIT_MS);
  try {
    const response = await fetch(url, { signal: abort.signal, redirect: 'follow' });
    clearTimeout(connectTimer);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new Error(`cannot download ${url}: ${reasonOf(error)}`, { cause: error });
  } finally {
    clearTimeout(connectTimer);
    clearTimeout(totalTimer);
  }
}

/**
 * Returns the reason behind fetch's own "fetch failed".
 * @param {unknown} error
 * @returns {string}
 */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof AggregateError) return reasonOf(error.cause.errors[0]);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
