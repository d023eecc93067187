import type { sessionTexts as english } from '../../sessions/sessions.texts.js';
import type { Translated } from '../translation.types.js';

export const spanishSessions: Translated<typeof english> = {
  about: 'Cada sesión es una cuenta de WhatsApp, vinculada como un dispositivo.',
  create: 'Nueva sesión',
  createIt: 'Crear y vincular',
  id: 'ID de la sesión',
  idHint: 'Identifica la sesión en eventos, comandos y direcciones.',
  idWrong: 'De 1 a 64 caracteres: A–Z, a–z, 0–9, _ y -',
  none: 'Aún no hay sesiones',
  noneHint: 'Crea una y vincúlala con el teléfono: con un código QR o un código de vinculación.',
  noneForYou: 'Este token no puede usar ninguna sesión.',
  gone: 'No existe la sesión «{{session}}»',
  goneHint: 'Se eliminó, o este token no puede usarla.',
  notLinked: 'No vinculada a ninguna cuenta',
  scan: 'Escanear el código QR',
  traffic: '{{received}} recibidos · {{sent}} enviados',
  search: 'Buscar por ID, nombre o número',
  sort: 'Orden',
  sorts: { trouble: 'Problemas primero', name: 'Por ID', recent: 'Último mensaje primero' },
  filter: 'Estado',
  all: 'Todas · {{count}}',
  noMatch: 'Ninguna sesión coincide.',
  select: 'Seleccionar {{session}}',
  selectAll_one: 'Seleccionar {{count}} sesión',
  selectAll_other: 'Seleccionar las {{count}} sesiones',
  bulk: {
    selected_one: '{{count}} sesión seleccionada',
    selected_other: '{{count}} sesiones seleccionadas',
    clear: 'Borrar la selección',
    label: 'Progreso',
    progress: '{{done}} de {{all}} completadas',
    failed_one: '{{count}} sesión falló',
    failed_other: '{{count}} sesiones fallaron',
    confirm: {
      stop_one: '¿Detener {{count}} sesión?',
      stop_other: '¿Detener {{count}} sesiones?',
      restart_one: '¿Reiniciar {{count}} sesión?',
      restart_other: '¿Reiniciar {{count}} sesiones?',
      text: 'Los mensajes que lleguen mientras tanto se recibirán después.'
    }
  },
  more: 'Más acciones para {{session}}',
  wishOf: '{{wish}} {{session}}',
  deleting: 'Eliminando',
  trouble: 'Sin conexión: {{reason}}, {{at}}',
  nextAttempt: 'Próximo intento: {{at}}.',
  looping: 'La conexión se interrumpe una y otra vez desde {{at}}. Los intentos continúan, con menos frecuencia.',
  restriction: {
    title: 'WhatsApp restringe esta cuenta',
    until: 'No puede iniciar chats nuevos hasta {{at}}. Puede seguir respondiendo a quienes le escribieron.',
    openEnd: 'Por ahora no puede iniciar chats nuevos. Puede seguir respondiendo a quienes le escribieron.',
    newChats: 'Chats nuevos: {{used}} de {{total}}',
    cycleEnd: 'Se reinicia: {{at}}',
    label: 'Proporción de chats nuevos usados'
  },
  refusal: {
    until: 'WhatsApp rechaza esta cuenta hasta {{at}}.',
    said: 'WhatsApp dice: {{text}}',
    more: 'Lo que WhatsApp dice al respecto',
    restricted: 'La cuenta estaba restringida cuando WhatsApp desvinculó este dispositivo. No se sabe cuándo termina la restricción.',
    restrictedUntil: 'Cuando WhatsApp desvinculó este dispositivo, la cuenta estaba restringida hasta {{at}}.',
    appeal: 'WhatsApp ofreció una revisión ({{at}}). Su token está en status.appeal de GET /api/sessions/{{session}}.',
    causes: {
      'too-many-people': 'La cuenta escribió a demasiadas personas que no la tienen como contacto.',
      'blocked-by-many': 'Demasiadas personas bloquearon la cuenta.',
      'too-many-groups': 'La cuenta creó demasiados grupos con personas que no la tienen como contacto.',
      'same-message': 'La cuenta envió el mismo mensaje demasiadas veces.',
      'broadcast-list': 'La cuenta envió demasiados mensajes a una lista de difusión.'
    }
  },
  states: {
    stopped: 'Detenida',
    starting: 'Iniciando',
    connecting: 'Conectando',
    pairing: 'Vinculando',
    open: 'Conectada',
    waiting: 'Reconectando',
    'logged-out': 'Desvinculada',
    failed: 'Fallida'
  },
  desired: { running: 'En marcha', stopped: 'Detenida', 'logged-out': 'Desvinculada', deleted: 'Eliminada' },
  wishes: { start: 'Iniciar', stop: 'Detener', restart: 'Reiniciar', logout: 'Desvincular', delete: 'Eliminar' },
  confirm: {
    start: { title: '¿Iniciar {{session}}?', text: 'La sesión se conecta a WhatsApp.' },
    stop: {
      title: '¿Detener {{session}}?',
      text: 'Se cierra la conexión. La sesión sigue vinculada; los mensajes esperan en WhatsApp hasta que se inicie de nuevo.'
    },
    restart: {
      title: '¿Reiniciar {{session}}?',
      text: 'La conexión se cierra y se vuelve a abrir. La sesión sigue vinculada.'
    },
    logout: {
      title: '¿Desvincular {{session}}?',
      text: 'El dispositivo se desvincula de su cuenta. Para volver a usar la sesión, vincúlala de nuevo.'
    },
    delete: {
      title: '¿Eliminar {{session}}?',
      text: 'El dispositivo se desvincula y se borran sus credenciales, ajustes, webhooks y eventos pasados.'
    }
  },
  facts: {
    linked: 'Cuenta',
    account: 'Número de teléfono',
    name: 'Nombre',
    platform: 'Plataforma',
    life: 'Sesión',
    connector: 'Connector',
    nobody: 'ninguno por ahora',
    epoch: 'Época',
    desired: 'Estado deseado',
    created: 'Creada',
    lastInbound: 'Últimos datos de WhatsApp',
    lastMessage: 'Último mensaje recibido',
    clientVersion: 'Versión de WhatsApp Web',
    clientExpires: 'Aceptada por WhatsApp hasta',
    unannounced: 'sin anunciar',
    snapshots: 'Copias de las credenciales',
    traffic: 'Tráfico',
    messagesIn: 'Mensajes recibidos',
    messagesOut: 'Mensajes enviados',
    events: 'Eventos publicados',
    opens: 'Conexiones abiertas',
    reconnects: 'Reconexiones'
  }
};
