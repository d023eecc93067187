#!/usr/bin/env node
// @ts-check
/*
 * A host for n8n nodes, which is controlled over HTTP on loopback. WABUS_TEST_N8N contains the folder with n8n's packages, and the first
 * argument is the folder of the node package.
 * The loader, the engine, the node contexts, expressions, requests and binary data are n8n's own (n8n-core, n8n-workflow). This file implements
 * a short form of the rest of n8n's server: the credential store, the webhook URLs, and the calls at activation and poll.
 */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** @typedef {any} Json */

const [packageFolder = ''] = process.argv.slice(2);
const load = createRequire(join(process.env['WABUS_TEST_N8N'] ?? '', 'node_modules', 'host.js'));
const core = load('n8n-core');
const flow = load('n8n-workflow');
const { createNodeAsTool } = load('n8n-core/dist/execution-engine/node-execution-context/utils/create-node-as-tool.js');
const { makeHandleToolInvocation } = load('n8n-core/dist/execution-engine/node-execution-context/utils/get-input-connection-data.js');

const loader = new core.PackageDirectoryLoader(packageFolder);
await loader.loadAll();

const credentialType = loader.getCredential('wabusApi').type;
let credential = JSON.parse(process.env['WABUS_TEST_N8N_CREDENTIAL'] ?? '{}');
const nodeTypes = {
  getByName: (/** @type {string} */ type) => loader.getNode(type.split('.')[1]).type,
  getByNameAndVersion: (/** @type {string} */ type) => loader.getNode(type.split('.')[1]).type,
  getKnownTypes: () => ({})
};

/** Applies a credential whose type declares how to authenticate, like n8n's server. */
class Credentials extends flow.ICredentialsHelper {
  getParentTypes() {
    return [];
  }
  async preAuthentication() {
    return undefined;
  }
  async getDecrypted() {
    return { ...credential };
  }
  getCredentialsProperties() {
    return credentialType.properties;
  }
  async authenticate(/** @type {Json[]} */ ...[credentials, , options, workflow, node]) {
    const headers = Object.entries(credentialType.authenticate.properties.headers).map(([name, value]) => [
      name,
      resolved(workflow, node, value, credentials)
    ]);
    return { ...options, headers: { ...options.headers, ...Object.fromEntries(headers) } };
  }
}

/** @param {Json} workflow @param {Json} node @param {Json} value @param {Json} credentials */
const resolved = (workflow, node, value, credentials) =>
  workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials: credentials }, undefined, '');

/** The activated workflows by id. @type {Map<string, Json>} */
const workflows = new Map();
/** The data with which triggers started workflows. @type {Json[]} */
const started = [];
/** The data that an activation leaves for the next one, in the form that n8n stores. @type {Map<string, Json>} */
const staticData = new Map();
let port = 0;

/** @param {Json} options */
const additional = ({ executionId, workflow }) => ({
  credentialsHelper: new Credentials(),
  hooks: new core.ExecutionLifecycleHooks('manual', executionId, workflow),
  executionId,
  currentNodeExecutionIndex: 0,
  restApiUrl: `http://127.0.0.1:${port}/rest`,
  instanceBaseUrl: `http://127.0.0.1:${port}`,
  webhookBaseUrl: `http://127.0.0.1:${port}/webhook`,
  webhookTestBaseUrl: `http://127.0.0.1:${port}/webhook-test`,
  webhookWaitingBaseUrl: `http://127.0.0.1:${port}/webhook-waiting`,
  formWaitingBaseUrl: `http://127.0.0.1:${port}/form-waiting`,
  variables: {},
  logAiEvent: () => undefined
});

/** Adds the defaults of visible parameters, like n8n's editor. @param {Json} node */
function withDefaults(node) {
  const { description } = nodeTypes.getByName(node.type);
  return {
    ...node,
    parameters: flow.NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description)
  };
}

/** Returns a workflow with one node. @param {Json} options */
function workflowOf({ id = 'w', type, parameters, settings = {} }) {
  const node = withDefaults({
    id: `node-of-${id}`,
    name: 'Node',
    type: `n8n-nodes-wabus.${type}`,
    typeVersion: 1,
    position: [0, 0],
    webhookId: `hook-of-${id}`,
    parameters,
    credentials: { wabusApi: { id: '1', name: 'Wabus' } },
    ...settings
  });
  const kept = staticData.get(id) ?? {};
  const workflow = new flow.Workflow({
    id,
    name: `Workflow ${id}`,
    nodes: [node],
    connections: {},
    active: true,
    nodeTypes,
    staticData: kept,
    settings: {}
  });
  return { workflow, node: workflow.getNode('Node') };
}

/** @type {Record<string, (body: Json) => Promise<Json>>} */
const CALLS = {
  async describe() {
    const descriptions = loader.types.nodes.map((/** @type {Json} */ { properties, ...rest }) => ({ ...rest, fields: properties.length }));
    return { nodes: descriptions, credentials: loader.types.credentials, known: loader.known };
  },

  async execute({ type = 'wabus', parameters, items = [{ json: {} }], executionId = '1', settings }) {
    const { workflow, node } = workflowOf({ type, parameters, settings });
    const runExecutionData = flow.createRunExecutionData({
      executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] }
    });
    const run = await new core.WorkflowExecute(additional({ executionId, workflow }), 'manual', runExecutionData).processRunExecutionData(
      workflow
    );
    const [task] = run.data.resultData.runData['Node'] ?? [];
    const error = task?.error ?? run.data.resultData.error;
    if (error)
      return {
        error: {
          name: error.constructor.name,
          message: error.message,
          description: error.description,
          httpCode: error.httpCode,
          context: error.context
        }
      };
    return { items: task.data.main[0] };
  },

  /** Runs tool calls of an AI agent one after another, like n8n's agents: with the arguments that the model filled in. */
  async tool({ parameters, calls, executionId }) {
    const { workflow, node } = workflowOf({ type: 'wabus', parameters });
    const runExecutionData = flow.createRunExecutionData({});
    const data = additional({ executionId, workflow });
    const context = (/** @type {number} */ run) =>
      new core.SupplyDataContext(
        workflow,
        node,
        data,
        'manual',
        runExecutionData,
        run,
        [],
        {},
        'ai_tool',
        { node, data: {}, source: null },
        []
      );
    const nodeType = loader.getNode('wabus').type;
    const handleToolInvocation = makeHandleToolInvocation(context, node, nodeType, runExecutionData);
    const tool = createNodeAsTool({ node, nodeType, handleToolInvocation }).response;
    const answers = [];
    for (const call of calls) answers.push(JSON.parse(await tool.invoke(call)));
    return { name: tool.name, description: tool.description, fields: Object.keys(tool.schema.shape), answers };
  },

  async options({ type, method }) {
    const { workflow, node } = workflowOf({ type, parameters: {} });
    const context = new core.LoadOptionsContext(workflow, node, additional({ executionId: '1', workflow }), '');
    return loader.getNode(type).type.methods.loadOptions[method].call(context);
  },

  /** Changes the credential. */
  async credential(changed) {
    credential = changed;
    return {};
  },

  /** Tests the credential, like the button "Test". */
  async test() {
    const { workflow, node } = workflowOf({ type: 'wabus', parameters: {} });
    const context = new core.HookContext(workflow, node, additional({ executionId: '1', workflow }), 'internal', 'init');
    const { baseURL, url } = credentialType.test.request;
    const options = {
      url: `${resolved(workflow, node, baseURL, credential)}${url}`,
      returnFullResponse: true,
      ignoreHttpStatusErrors: true
    };
    return { status: (await context.helpers.httpRequestWithAuthentication.call(context, 'wabusApi', options)).statusCode };
  },

  /** Activates a workflow and creates missing webhooks. */
  async activate({ id, type, parameters, kept }) {
    if (kept) staticData.set(id, { 'node:Node': kept });
    const { workflow, node } = workflowOf({ id, type, parameters });
    workflows.set(id, { workflow, node });
    const { webhookMethods } = loader.getNode(type).type;
    if (!webhookMethods) return {};
    const [webhookData] = flow.NodeHelpers.getNodeWebhooks?.(workflow, node, additional({ executionId: id, workflow })) ?? [];
    const context = new core.HookContext(workflow, node, additional({ executionId: id, workflow }), 'trigger', 'activate', webhookData);
    const exists = await webhookMethods.default.checkExists.call(context);
    if (!exists) await webhookMethods.default.create.call(context);
    staticData.set(id, JSON.parse(JSON.stringify(workflow.staticData)));
    return { exists, address: context.getNodeWebhookUrl('default'), kept: workflow.getStaticData('node', node) };
  },

  async deactivate({ id, type }) {
    const { workflow, node } = workflows.get(id);
    const context = new core.HookContext(workflow, node, additional({ executionId: id, workflow }), 'trigger', 'update');
    await loader.getNode(type).type.webhookMethods.default.delete.call(context);
    workflows.delete(id);
    return { kept: workflow.getStaticData('node', node) };
  },

  async poll({ id, mode = 'trigger' }) {
    const { workflow, node } = workflows.get(id);
    const context = new core.PollContext(workflow, node, additional({ executionId: id, workflow }), mode, 'activate');
    const output = await loader.getNode('wabusPollingTrigger').type.poll.call(context);
    staticData.set(id, JSON.parse(JSON.stringify(workflow.staticData)));
    return { items: output === null ? null : output[0], kept: workflow.getStaticData('node', node) };
  },

  async started() {
    return started;
  },

  /** Returns what n8n's editor would report about a workflow: unknown nodes, missing fields, dangling connections. */
  async inspect({ workflow: { nodes, connections } }) {
    const names = nodes.map((/** @type {Json} */ { name }) => name);
    const issues = nodes.flatMap((/** @type {Json} */ node) => {
      const { description } = nodeTypes.getByName(node.type);
      const found = flow.NodeHelpers.getNodeParametersIssues(description.properties, withDefaults(node), description)?.parameters ?? {};
      return [...Object.keys(found), ...(node.credentials?.wabusApi ? [] : ['credentials'])].map(field => `${node.name}: ${field}`);
    });
    const targets = Object.values(connections).flatMap((/** @type {Json} */ { main }) =>
      main.flat().map((/** @type {Json} */ { node }) => node)
    );
    const lost = [...Object.keys(connections), ...targets].filter(name => !names.includes(name));
    return { issues: [...issues, ...lost.map(name => `no node ${name}`)] };
  },

  /** Runs a whole workflow with an event, in the form that its trigger passes on. */
  async run({ workflow: { nodes, connections, settings }, event, executionId = 'run' }) {
    const workflow = new flow.Workflow({
      id: 'run',
      name: 'Run',
      nodes: nodes.map(withDefaults),
      connections,
      active: false,
      nodeTypes,
      settings
    });
    const { simplified } = load(join(packageFolder, 'dist/nodes/shared/simplified-event.policy.js'));
    const node = workflow.getNode(nodes[0].name);
    const runExecutionData = flow.createRunExecutionData({
      executionData: { nodeExecutionStack: [{ node, data: { main: [[{ json: simplified(event) }]] }, source: null }] }
    });
    const run = await new core.WorkflowExecute(additional({ executionId, workflow }), 'manual', runExecutionData).processRunExecutionData(
      workflow
    );
    const { runData, error, lastNodeExecuted } = run.data.resultData;
    if (error) throw error;
    return { items: runData[lastNodeExecuted][0].data.main[0] };
  }
};

/**
 * Handles a request to a workflow's webhook like n8n's server: the body is read before the node receives it.
 * @param {Json} request
 * @param {Json} response
 * @param {Buffer} body
 */
async function webhook(request, response, body) {
  const entry = [...workflows.values()].find(({ node }) => request.url.includes(node.webhookId));
  if (!entry) return answer(response, 404, 'no such webhook');
  const { workflow, node } = entry;
  let status = 200;
  const express = {
    status: (/** @type {number} */ code) =>
      ((status = code), { send: (/** @type {string} */ text) => ({ end: () => answer(response, status, text) }) })
  };
  const withBody = Object.assign(request, { rawBody: body, body: JSON.parse(body.toString() || '{}'), params: {}, query: {} });
  const data = { ...additional({ executionId: '1', workflow }), httpRequest: withBody, httpResponse: express };
  const type = loader.getNode(node.type.split('.')[1]).type;
  const context = new core.WebhookContext(workflow, node, data, 'trigger', { webhookDescription: type.description.webhooks[0] }, [], null);
  const { workflowData, noWebhookResponse } = await type.webhook.call(context);
  if (workflowData) started.push(...workflowData[0].map((/** @type {Json} */ { json }) => ({ workflow: workflow.id, json })));
  if (!noWebhookResponse) answer(response, 200, '{"message":"Workflow was started"}');
}

/** @param {Json} response @param {number} status @param {string} text */
function answer(response, status, text) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

const server = createServer(async (request, response) => {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const [, first = '', name = ''] = (request.url ?? '').split('/');
    if (first === 'webhook') return await webhook(request, response, body);
    const call = CALLS[name];
    if (first !== 'host' || !call) return answer(response, 404, '{}');
    answer(response, 200, JSON.stringify(await call(JSON.parse(body.toString() || '{}'))));
  } catch (error) {
    const { message, stack, description } = /** @type {Json} */ (error);
    answer(response, 500, JSON.stringify({ message, description, stack }));
  }
});
server.listen(0, '127.0.0.1', () => {
  port = /** @type {import('node:net').AddressInfo} */ (server.address()).port;
  console.log(`listening http://127.0.0.1:${port}`);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
