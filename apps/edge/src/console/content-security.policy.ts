/**
 * What pages of an edge may load and do: their own files and nothing else, no script that stands in a page. Styles may be set inline, since components compute
 * positions and sizes. Pictures may be data and blobs: QR codes, and media that were fetched with a token. Nothing asks for https, for an edge may serve plain http.
 */
export const CONTENT_SECURITY: Readonly<Record<string, readonly string[]>> = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  mediaSrc: ["'self'", 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"]
};
