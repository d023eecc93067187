import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { CONVERSIONS, type ConversionKind } from './conversion.policy.js';

/** A usable ffmpeg, with the program that limits its resources. */
export interface FoundFfmpeg {
  readonly path: string;
  /** `prlimit` of util-linux. */
  readonly prlimit: string;
  readonly version: string;
  /** The conversions that this build supports. */
  readonly kinds: ReadonlySet<ConversionKind>;
}

/** Why there is none, in a sentence. */
export interface NoFfmpeg {
  readonly missing: string;
}

const FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin', '/opt/homebrew/bin'];
/** Debian 11 has it; older versions lack `-format_whitelist` for some readers and get no security fixes. */
const OLDEST_MAJOR = 4;
const MEBIBYTE = 1024 * 1024;
const MEMORY_BYTES = 1024 * MEBIBYTE;
const CPU_SECONDS = 60;
/** Errors are short. */
const MAX_ERROR_CHARS = 4_096;

/**
 * Finds ffmpeg as `setting` specifies: `auto` searches the program folders, `off` none; any other value is the path of the program.
 * Checks its version and its encoders.
 */
export async function findFfmpeg(setting: string): Promise<FoundFfmpeg | NoFfmpeg> {
  if (setting === 'off') return { missing: 'WABUS_FFMPEG is off' };
  const prlimit = await firstOf(FOLDERS.map(folder => `${folder}/prlimit`));
  if (prlimit === null) return { missing: 'prlimit of util-linux, which limits ffmpeg, is not installed' };
  const path = await firstOf(setting === 'auto' ? FOLDERS.map(folder => `${folder}/ffmpeg`) : [setting]);
  if (path === null) return { missing: 'ffmpeg is not installed' };
  const ask = async (...args: string[]): Promise<string> =>
    (
      await runBounded({ path, prlimit }, args, { folder: '/', limitMs: 10_000, maxStdoutBytes: MEBIBYTE, maxFileBytes: 0 })
    ).stdout.toString('utf8');
  const version = /^ffmpeg version n?(\d+)(?:\.\d+)*/.exec(await ask('-version'));
  if (version === null) return { missing: `${path} does not report its version` };
  if (Number(version[1]) < OLDEST_MAJOR) return { missing: `${path} is older than version ${OLDEST_MAJOR}` };
  const encoders = await ask('-hide_banner', '-encoders');
  const has = (name: string): boolean => new RegExp(`^ [A-Z.]{6} ${name} `, 'm').test(encoders);
  const kinds = (Object.keys(CONVERSIONS) as ConversionKind[]).filter(kind => CONVERSIONS[kind].encoders.every(has));
  return { path, prlimit, version: version[0].replace('ffmpeg version ', ''), kinds: new Set(kinds) };
}

async function firstOf(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const there = await access(path, constants.X_OK).then(
      () => true,
      () => false
    );
    if (there) return path;
  }
  return null;
}

export interface Bounds {
  /** The working directory. */
  readonly folder: string;
  readonly limitMs: number;
  readonly maxStdoutBytes: number;
  readonly maxFileBytes: number;
}

export interface Finished {
  /** 0 means success. */
  readonly code: number | null;
  readonly stdout: Buffer;
  /** The last line of its error output. */
  readonly complaint: string;
}

/**
 * Runs ffmpeg with limits on memory, processor time, time, files and output, without an environment, a shell or standard input.
 * If it exceeds a limit, its process group is killed.
 * Never rejects.
 */
export function runBounded(
  { path, prlimit }: Pick<FoundFfmpeg, 'path' | 'prlimit'>,
  args: readonly string[],
  bounds: Bounds
): Promise<Finished> {
  const limits = [`--as=${MEMORY_BYTES}`, `--cpu=${CPU_SECONDS}`, `--fsize=${bounds.maxFileBytes}`, '--nofile=64', '--core=0'];
  return new Promise(resolve => {
    const child = spawn(prlimit, [...limits, '--', path, ...args], {
      cwd: bounds.folder,
      env: {},
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true
    });
    const pieces: Buffer[] = [];
    let [bytes, complaint, over] = [0, '', ''];
    const end = (why: string): void => {
      over ||= why;
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // The process has already ended.
      }
    };
    const timer = setTimeout(() => end('the conversion took too long'), bounds.limitMs);
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > bounds.maxStdoutBytes) end('the recording is too long');
      else pieces.push(piece);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-MAX_ERROR_CHARS)));
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      const last = complaint.trim().split('\n').at(-1) ?? '';
      resolve({ code: over === '' ? code : null, stdout: Buffer.concat(pieces), complaint: over === '' ? last : over });
    };
    child.once('error', () => finish(null)).once('close', finish);
  });
}
