/** The ffmpeg of the tests: the one that `npm test` found, or `auto` for an installed one. A value for `WABUS_FFMPEG`. */
export function ffmpegChoice(): string {
  return process.env['WABUS_TEST_FFMPEG'] ?? 'auto';
}
