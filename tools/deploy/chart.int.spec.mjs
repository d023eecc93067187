// @ts-check
import { createRequire } from 'node:module';
import { canRender, ChartRenderer } from './chart.renderer.mjs';

// The schemas that Kubernetes publishes, as validators. They do not include the resources of the Prometheus operator.
const { load } = (() => {
  const require = createRequire(import.meta.url);
  return { load: (/** @type {any} */ { apiVersion, kind }) => require(`kubernetes-models/${apiVersion}/${kind}`)[kind] };
})();
const NATS = { broker: { url: 'nats://nats:4222' } };

(canRender() ? describe : describe.skip)('the chart, rendered by Go templates', () => {
  /** @type {ChartRenderer} */
  let chart;
  beforeAll(async () => {
    chart = await ChartRenderer.build();
  });
  afterAll(() => chart.close());

  const variants = /** @type {[string, object][]} */ ([
    ['as it is', {}],
    [
      'with everything on',
      {
        edge: {
          ingress: { enabled: true, host: 'wabus.example', className: 'nginx', tlsSecret: 'tls' },
          autoscaling: { enabled: true },
          podAnnotations: { a: 'b' }
        },
        connector: {
          autoscaling: { enabled: true },
          nodeSelector: { disk: 'fast' },
          secretSettings: { WABUS_PROXY_URL: { name: 'proxy', key: 'url' } }
        },
        networkPolicy: { metricsFrom: [{ namespaceSelector: { matchLabels: { name: 'monitoring' } } }], edgeFrom: [{ podSelector: {} }] },
        imagePullSecrets: [{ name: 'registry' }]
      }
    ],
    ['without users on NATS', { secrets: { natsPasswords: '' }, settings: { WABUS_REPLICAS: 1 } }],
    ['with its own NATS', { broker: { url: '' }, nats: { enabled: true } }]
  ]);

  it.each(variants)("matches Kubernetes' schemas %s", async (_title, values) => {
    const resources = await chart.render({ ...NATS, ...values });
    expect(resources.length).toBeGreaterThanOrEqual(7);
    for (const resource of resources) new (load(resource))(resource).validate();
  });

  it('runs nothing privileged and uses no service account', async () => {
    for (const pod of podsOf(await chart.render(NATS))) {
      expect(pod).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
      for (const { securityContext } of pod.containers) {
        expect(securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
      }
    }
  });

  it('contains only references to secrets', async () => {
    const resources = await chart.render(NATS);
    expect(resources.map(({ kind }) => kind)).not.toContain('Secret');
    const variables = podsOf(resources).flatMap(pod => pod.containers.flatMap((/** @type {any} */ { env }) => env));
    const secrets = variables.filter(({ name }) => /PASSWORD|TOKEN$|SECRET/.test(name));
    expect(secrets.length).toBe(3);
    for (const { valueFrom } of secrets) expect(valueFrom.secretKeyRef.name).toBe('wabus-nats-passwords');
  });

  it('selects the pods of one side in each service and policy', async () => {
    const resources = await chart.render({ ...NATS, serviceMonitor: { enabled: true } });
    const labels = resources.filter(({ kind }) => kind === 'Deployment').map(({ spec }) => spec.template.metadata.labels);
    for (const { kind, spec, metadata } of resources) {
      const selectors = new Map([
        ['Service', spec.selector],
        ['NetworkPolicy', spec.podSelector?.matchLabels],
        ['PodDisruptionBudget', spec.selector?.matchLabels]
      ]);
      const selector = selectors.get(kind);
      if (selector) expect(labels.filter(label => matches(selector, label))).toHaveLength(1);
      if (kind === 'ServiceMonitor') {
        const services = resources.filter(other => other.kind === 'Service' && matches(spec.selector.matchLabels, other.metadata.labels));
        expect(services.map(service => service.metadata.name)).toEqual([metadata.name]);
      }
    }
  });

  it('gives its own values precedence over settings', async () => {
    const resources = await chart.render({ ...NATS, edge: { settings: { WABUS_EDGE_PORT: 1, WABUS_EDGE_MCP: false } } });
    const edge = resources.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name.endsWith('-edge'));
    const env = Object.fromEntries(edge.spec.template.spec.containers[0].env.map((/** @type {any} */ { name, value }) => [name, value]));
    expect(env).toMatchObject({
      WABUS_EDGE_PORT: '3000',
      WABUS_EDGE_MCP: 'false',
      WABUS_NATS_URL: 'nats://nats:4222',
      WABUS_NATS_USER: 'edge'
    });
  });

  it('reports what to set if the NATS URL is missing', async () => {
    await expect(chart.render({})).rejects.toThrow('Set broker.url to the addresses of your NATS, or nats.enabled to true.');
  });

  it('is refused if Kubernetes would refuse a resource', async () => {
    const [deployment] = (await chart.render(NATS)).filter(({ kind }) => kind === 'Deployment');
    deployment.spec.template.spec.containers[0].imagePullPolcy = 'Always';
    delete deployment.spec.selector;
    expect(() => new (load(deployment))(deployment).validate()).toThrow('selector');
  });
});

/** @param {any[]} resources */
function podsOf(resources) {
  return resources.flatMap(({ kind, spec }) => (kind === 'Deployment' || kind === 'Job' ? [spec.template.spec] : []));
}

/**
 * @param {Record<string, string>} selector
 * @param {Record<string, string>} labels
 */
function matches(selector, labels) {
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}
