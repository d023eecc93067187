/** Headers of answers that pages of other origins may read, besides those that they always may (Fetch, "CORS-safelisted response-header name"). */
export const EXPOSED_HEADERS = [
  'Accept-Ranges',
  'Allow',
  'Content-Disposition',
  'Content-Range',
  'ETag',
  'Retry-After',
  'WWW-Authenticate',
  'Wabus-Qr-Attempt',
  'Wabus-Qr-Ttl-Ms',
  'Wabus-Truncated'
] as const;
