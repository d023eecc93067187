import { PAGE_HEADER } from './console-header.js';
import { errorOfAnswer } from './edge-answer.codec.js';
import type { WabusError } from '@wabus/sdk';
import { unreachable } from './edge-error.js';
import { sendFile, type Upload } from './file-upload.js';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Sends requests to the edge that served this page. The browser adds the login cookie. Every method throws `WabusError`. */
export class EdgeClient {
  constructor(
    /** Called when the edge reports that the login is no longer valid. */
    private readonly onUnauthorized: () => void
  ) {}

  get<Reply>(path: string): Promise<Reply> {
    return this.json<Reply>('GET', path);
  }

  /** Returns the JSON of the response; `undefined` if the body is empty. */
  async json<Reply>(method: Method, path: string, body?: unknown): Promise<Reply> {
    const response = await this.ask(method, path, body);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as Reply;
  }

  /** Returns a successful response. */
  async ask(method: Method, path: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = { [PAGE_HEADER]: '1' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    let response: Response;
    try {
      response = await fetch(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    } catch (thrown) {
      throw unreachable(thrown);
    }
    if (!response.ok) throw this.refusal(response.status, await response.text());
    return response;
  }

  /** Uploads a file and reports the progress (0 to 1). */
  async upload<Reply>(path: string, upload: Upload): Promise<Reply> {
    const { status, text } = await sendFile(path, upload);
    if (status < 200 || status > 299) throw this.refusal(status, text);
    return JSON.parse(text) as Reply;
  }

  private refusal(status: number, text: string): WabusError {
    const error = errorOfAnswer(status, text);
    if (error.code === 'UNAUTHORIZED') this.onUnauthorized();
    return error;
  }
}

/** Builds a path in which each `${part}` is encoded. */
export function path(texts: TemplateStringsArray, ...parts: (string | number)[]): string {
  return texts.reduce((whole, text, index) => whole + encodeURIComponent(String(parts[index - 1])) + text);
}
