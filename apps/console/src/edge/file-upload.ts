import { PAGE_HEADER } from './console-header.js';
import { unreachable } from './edge-error.js';

export interface Upload {
  readonly file: File;
  /** Called with the uploaded share, 0 to 1. */
  readonly onProgress?: (part: number) => void;
  readonly signal?: AbortSignal;
}

/** POSTs a file as the body. Uses XMLHttpRequest because `fetch` cannot report upload progress. */
export function sendFile(path: string, { file, onProgress, signal }: Upload): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader(PAGE_HEADER, '1');
    request.setRequestHeader('content-type', file.type === '' || file.type === 'application/json' ? 'application/octet-stream' : file.type);
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => onProgress?.(lengthComputable && total > 0 ? loaded / total : 0);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(unreachable('the upload broke off'));
    request.onabort = () => reject(unreachable('the upload was canceled'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
