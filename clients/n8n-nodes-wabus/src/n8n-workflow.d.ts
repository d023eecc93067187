/**
 * The part of n8n's types that these nodes use. n8n provides the real package at run time; its license keeps it out of our lock file.
 * `tools/n8n/package.int.spec.mjs` compiles the nodes against the real types as well.
 */
declare module 'n8n-workflow' {
  import type { Readable } from 'node:stream';

  export type JsonValue = string | number | boolean | null | JsonObject | JsonValue[];
  export type JsonObject = { [name: string]: JsonValue };
  export type GenericValue = string | object | number | boolean | undefined | null;
  export interface IDataObject {
    [name: string]: GenericValue | IDataObject | GenericValue[] | IDataObject[];
  }
  export type NodeParameterValueType = unknown;

  export interface INode {
    id: string;
    name: string;
    type: string;
    typeVersion: number;
  }

  export interface IBinaryData {
    data: string;
    id?: string;
    mimeType: string;
    fileName?: string;
  }

  export interface INodeExecutionData {
    json: IDataObject;
    binary?: { [name: string]: IBinaryData };
    pairedItem?: { item: number } | number;
  }

  export interface INodePropertyOptions {
    name: string;
    value: string | number | boolean;
    description?: string;
    action?: string;
  }

  export interface INodeProperties {
    displayName: string;
    name: string;
    type: 'boolean' | 'collection' | 'fixedCollection' | 'json' | 'multiOptions' | 'notice' | 'number' | 'options' | 'string';
    default: unknown;
    description?: string;
    hint?: string;
    placeholder?: string;
    required?: boolean;
    noDataExpression?: boolean;
    typeOptions?: {
      password?: boolean;
      rows?: number;
      minValue?: number;
      maxValue?: number;
      numberPrecision?: number;
      multipleValues?: boolean;
      multipleValueButtonText?: string;
      loadOptionsMethod?: string;
    };
    displayOptions?: {
      show?: { [name: string]: Array<string | number | boolean> };
      hide?: { [name: string]: Array<string | number | boolean> };
    };
    options?: Array<INodePropertyOptions | INodeProperties>;
  }

  export interface IHttpRequestOptions {
    url: string;
    baseURL?: string;
    method?: 'DELETE' | 'GET' | 'HEAD' | 'PATCH' | 'POST' | 'PUT';
    headers?: IDataObject;
    qs?: IDataObject;
    body?: object | string;
    json?: boolean;
    encoding?: 'arraybuffer' | 'json' | 'stream' | 'text';
    returnFullResponse?: boolean;
    ignoreHttpStatusErrors?: boolean;
    timeout?: number;
    arrayFormat?: 'brackets' | 'comma' | 'indices' | 'repeat';
  }

  export interface IN8nHttpFullResponse {
    body: unknown;
    headers: { [name: string]: unknown };
    statusCode: number;
  }

  interface RequestHelpers {
    httpRequestWithAuthentication(this: unknown, credentialsType: string, options: IHttpRequestOptions): Promise<unknown>;
  }

  interface BinaryHelpers {
    assertBinaryData(itemIndex: number, property: string): IBinaryData;
    getBinaryDataBuffer(itemIndex: number, property: string): Promise<Buffer>;
    getBinaryStream(id: string, chunkSize?: number): Promise<Readable>;
    prepareBinaryData(data: Buffer | Readable, fileName?: string, mimeType?: string): Promise<IBinaryData>;
  }

  interface Logger {
    warn(message: string, metadata?: object): void;
  }

  /** The functions that every context of a node has. */
  interface FunctionsBase {
    logger: Logger;
    getCredentials<T extends object = IDataObject>(type: string, itemIndex?: number): Promise<T>;
    getNode(): INode;
    getWorkflow(): { id?: string; name?: string; active: boolean };
    getWorkflowStaticData(type: string): IDataObject;
    getMode(): string;
    /** An id that all processes of an installation share. Older versions of n8n lack this function. */
    getInstanceId?(): string;
  }

  export interface IExecuteFunctions extends FunctionsBase {
    continueOnFail(): boolean;
    getExecutionId(): string;
    getInputData(): INodeExecutionData[];
    getNodeParameter(name: string, itemIndex: number, fallback?: unknown): NodeParameterValueType;
    isToolExecution?(): boolean;
    getWorkflowDataProxy(itemIndex: number): { $runIndex: number };
    helpers: RequestHelpers & BinaryHelpers;
  }

  export interface IPollFunctions extends FunctionsBase {
    getNodeParameter(name: string, fallback?: unknown): NodeParameterValueType;
    helpers: RequestHelpers;
  }

  export interface IHookFunctions extends FunctionsBase {
    getNodeParameter(name: string, fallback?: unknown): NodeParameterValueType;
    getNodeWebhookUrl(name: 'default'): string | undefined;
    helpers: RequestHelpers;
  }

  export interface ILoadOptionsFunctions extends Pick<FunctionsBase, 'getCredentials' | 'getNode'> {
    helpers: RequestHelpers;
  }

  export interface IWebhookFunctions extends FunctionsBase {
    getNodeParameter(name: string, fallback?: unknown): NodeParameterValueType;
    getRequestObject(): { headers: { [name: string]: string | string[] | undefined }; rawBody: Buffer; readRawBody?: () => Promise<void> };
    getResponseObject(): { status(code: number): { send(body: string): { end(): void } } };
    helpers: RequestHelpers;
  }

  export interface IWebhookResponseData {
    workflowData?: INodeExecutionData[][];
    noWebhookResponse?: boolean;
  }

  export interface INodeTypeDescription {
    displayName: string;
    name: string;
    icon: { light: `file:${string}`; dark: `file:${string}` };
    group: Array<'transform' | 'trigger'>;
    version: number;
    subtitle?: string;
    description: string;
    defaults: { name: string };
    inputs: Array<'main'>;
    outputs: Array<'main'>;
    usableAsTool?: true;
    polling?: true;
    credentials: Array<{ name: string; required: boolean }>;
    webhooks?: Array<{ name: 'default'; httpMethod: 'POST'; responseMode: 'onReceived'; path: string }>;
    properties: INodeProperties[];
  }

  interface WebhookMethods {
    default: {
      checkExists(this: IHookFunctions): Promise<boolean>;
      create(this: IHookFunctions): Promise<boolean>;
      delete(this: IHookFunctions): Promise<boolean>;
    };
  }

  export interface INodeType {
    description: INodeTypeDescription;
    execute?(this: IExecuteFunctions): Promise<INodeExecutionData[][]>;
    poll?(this: IPollFunctions): Promise<INodeExecutionData[][] | null>;
    webhook?(this: IWebhookFunctions): Promise<IWebhookResponseData>;
    webhookMethods?: WebhookMethods;
    methods?: { loadOptions: { [name: string]: (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]> } };
  }

  export interface IAuthenticateGeneric {
    type: 'generic';
    properties: { headers: { [name: string]: string } };
  }

  export interface ICredentialTestRequest {
    request: { baseURL: string; url: string };
  }

  export interface ICredentialType {
    name: string;
    displayName: string;
    icon: { light: `file:${string}`; dark: `file:${string}` };
    documentationUrl: string;
    properties: INodeProperties[];
    authenticate: IAuthenticateGeneric;
    test: ICredentialTestRequest;
  }

  interface ErrorOptions {
    message?: string;
    description?: string;
    httpCode?: string;
    itemIndex?: number;
  }

  export class NodeApiError extends Error {
    constructor(node: INode, response: JsonObject, options?: ErrorOptions);
    description: string | null | undefined;
    httpCode: string | null;
    context: IDataObject;
  }

  export class NodeOperationError extends Error {
    constructor(node: INode, error: Error | string, options?: ErrorOptions);
    description: string | null | undefined;
    context: IDataObject;
  }

  export const NodeConnectionTypes: { readonly Main: 'main' };
}
