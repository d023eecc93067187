import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { callEdge, type EdgeRequest, type EdgeResponse } from '../shared/edge.client.js';
import { callOf, isKey, stepKey } from '../shared/idempotency-key.policy.js';

/** The maximum number of items in a page of the read models. */
const PAGE = 200;

/** One input item of an execution, with its fields, and requests to the edge. */
export class ItemStep {
  constructor(
    readonly context: IExecuteFunctions,
    readonly index: number
  ) {}

  /** Returns the value of a field. n8n itself validates required fields. */
  field<Value>(name: string, fallback?: Value): Value {
    return this.context.getNodeParameter(name, this.index, fallback) as Value;
  }

  text(name: string): string {
    const value = this.field<unknown>(name, '');
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
    if (text === '') throw this.refusal(`The field "${name}" is empty.`);
    return text;
  }

  get sessionPath(): string {
    return `/api/sessions/${encodeURIComponent(this.text('session'))}`;
  }

  /** Returns the idempotency key of this item; `undefined` if there is none. `call` identifies the call of a tool by an AI agent. */
  key(call?: string): string | undefined {
    const { context, index } = this;
    const given = String(this.field<unknown>('idempotencyKey', '')).trim();
    if (given !== '' && !isKey(given)) throw this.refusal('The idempotency key must have 1 to 128 visible ASCII characters and no spaces.');
    if (given !== '') return given;
    return stepKey({
      instanceId: context.getInstanceId?.(),
      executionId: context.getExecutionId(),
      nodeId: context.getNode().id,
      run: call !== undefined && context.isToolExecution?.() ? call : context.getWorkflowDataProxy(index).$runIndex,
      itemIndex: index
    });
  }

  call<Body>(request: EdgeRequest): Promise<EdgeResponse<Body>> {
    return callEdge(this.context, { ...request, itemIndex: this.index });
  }

  /** Runs a command and returns the data of its reply. `keyed` sends an idempotency key, which a command needs that must not run twice. */
  async command(method: string, args: object, { keyed }: { keyed: boolean }): Promise<unknown> {
    const path = `${this.sessionPath}/commands/${method}`;
    const key = keyed ? this.key(callOf(method, args)) : undefined;
    const { body } = await this.call<{ data?: unknown }>({ method: 'POST', path, body: { args }, ...(key === undefined ? {} : { key }) });
    return body.data;
  }

  /** Returns the entries of a list of the read models, up to the number in the fields. */
  async list(path: string, query: EdgeRequest['query'] = {}, position = 'cursor'): Promise<INodeExecutionData[]> {
    const most = this.field('returnAll', false) ? Infinity : Number(this.field('limit', 50));
    const entries: unknown[] = [];
    let next: string | null = null;
    do {
      const limit = Math.min(PAGE, most - entries.length);
      const page: EdgeResponse<{ items: unknown[]; next: string | null }> = await this.call({
        path: `${this.sessionPath}/store/${path}`,
        query: { ...query, limit, [position]: next ?? undefined }
      });
      entries.push(...page.body.items);
      ({ next } = page.body);
    } while (next !== null && entries.length < most);
    return this.items(entries);
  }

  /** Converts values to output items that are linked to this input item. A value that is not an object becomes `{ result }`. */
  items(values: readonly unknown[]): INodeExecutionData[] {
    return values.map(value => ({
      json: (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { result: value ?? null }) as IDataObject,
      pairedItem: { item: this.index }
    }));
  }

  /** Converts an error to the form that n8n shows, with the item. */
  errorOf(error: unknown): NodeApiError | NodeOperationError {
    if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
    return this.refusal(error instanceof Error ? error.message : String(error));
  }

  refusal(message: string): NodeOperationError {
    return new NodeOperationError(this.context.getNode(), message, { itemIndex: this.index });
  }
}
