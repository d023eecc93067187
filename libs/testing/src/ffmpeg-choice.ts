/** Returns the ffmpeg for tests, as a value of `WABUS_FFMPEG`: the one that `npm test` found, or `auto` for an installed one. */
export function ffmpegChoice(): string {
  return process.env['WABUS_TEST_FFMPEG'] ?? 'auto';
}
