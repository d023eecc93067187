{{- define "wabus.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "wabus.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "wabus.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "wabus.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- /* Labels of a side: (dict "root" . "side" "edge"). */ -}}
{{- define "wabus.selector" -}}
app.kubernetes.io/name: {{ include "wabus.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .side }}
{{- end -}}

{{- define "wabus.labels" -}}
{{ include "wabus.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "wabus.image" -}}
{{- $tag := default .root.Chart.AppVersion .root.Values.image.tag -}}
{{- if .root.Values.image.registry -}}
{{- printf "%s/wabus-%s:%s" .root.Values.image.registry .side $tag -}}
{{- else -}}
{{- printf "wabus-%s:%s" .side $tag -}}
{{- end -}}
{{- end -}}

{{- define "wabus.broker" -}}
{{- if .Values.broker.url -}}
{{- .Values.broker.url -}}
{{- else if .Values.nats.enabled -}}
{{- printf "nats://%s:4222" (default (printf "%s-nats" .Release.Name) .Values.nats.fullnameOverride) -}}
{{- else -}}
{{- fail "broker.url is empty and nats.enabled is false. Set broker.url to the addresses of your NATS, or nats.enabled to true." -}}
{{- end -}}
{{- end -}}

{{- /* Environment of a process in a role: (dict "root" . "role" "edge" "settings" map "secretSettings" map). The chart's own variables come last and cannot be overridden. */ -}}
{{- define "wabus.environment" -}}
{{- $fixed := dict "WABUS_NATS_URL" (include "wabus.broker" .root) -}}
{{- if .root.Values.secrets.natsPasswords -}}
{{- $_ := set $fixed "WABUS_NATS_USER" .role -}}
{{- end -}}
{{- range $name, $value := mergeOverwrite (deepCopy .root.Values.settings) .settings $fixed }}
- name: {{ $name }}
  value: {{ $value | toString | quote }}
{{- end }}
{{- if .root.Values.secrets.natsPasswords }}
- name: WABUS_NATS_PASSWORD
  valueFrom:
    secretKeyRef: { name: {{ .root.Values.secrets.natsPasswords }}, key: WABUS_NATS_{{ upper .role }}_PASSWORD }
{{- end }}
{{- range $name, $reference := .secretSettings }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef: { name: {{ $reference.name }}, key: {{ $reference.key }} }
{{- end }}
{{- end -}}

{{- /* The security context of every container of ours: no privileges, a read-only file system. */ -}}
{{- define "wabus.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{- define "wabus.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- /* Probes on a port. A process that cannot work yet is still alive, so only a failure of /health/live restarts it. */ -}}
{{- define "wabus.probes" -}}
startupProbe:
  httpGet: { path: /health/live, port: {{ . }} }
  periodSeconds: 2
  failureThreshold: 30
livenessProbe:
  httpGet: { path: /health/live, port: {{ . }} }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  httpGet: { path: /health/ready, port: {{ . }} }
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 2
{{- end -}}

{{- define "wabus.placement" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "wabus.selector" . | nindent 8 }}
{{- with .values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
